// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.device.DeviceInputs;
import io.twinlog.wire.ingress.Payloads.UnreadablePayloadException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads an event without opening it as it reads one that is opened. */
class DeviceBindingTest {
  private static final int EVENTS = 50_000;

  /** Of the heap; an event that is opened takes 1,500. */
  private static final long BYTES_PER_EVENT_MAX = 500;

  private static final long WALL = 1_767_225_700_000L;
  private static final List<String> TYPES =
      List.of(
          "data.collected",
          "device.heartbeat",
          "device.online",
          "data.processed",
          "device.offline",
          "device.registered",
          "acme.thing");
  private static final List<String> TEXTS = List.of("", "a", "d-1", "é", "温度", "😀", "\uFFFD");
  private static final String PAYLOAD =
      "{\"device_id\":\"d-1\",\"model\":\"m\",\"data\":{\"t\":1}}";

  private final DeviceBinding binding = new DeviceBinding(DeviceRules.DEFAULT, List.of("site"));
  private final SingleObject singleObject = new SingleObject();
  private final Random random = new Random(20_261_126);

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String optional() {
    return random.nextBoolean() ? null : any(TEXTS);
  }

  private Event event() {
    byte[] payload = PAYLOAD.getBytes(StandardCharsets.UTF_8);
    return new Event(
        any(TEXTS) + random.nextInt(10),
        any(TYPES),
        new EventSource(any(TEXTS), any(TEXTS), "1"),
        Instant.ofEpochMilli(random.nextInt() * 1_000L),
        new EventData(ByteBuffer.wrap(payload), "1", any(List.of(Encoding.values()))),
        new EventMetadata(
            optional(),
            optional(),
            optional(),
            optional(),
            random.nextBoolean() ? null : random.nextLong() >>> random.nextInt(64),
            any(List.of(Priority.values())),
            random.nextBoolean() ? null : random.nextLong() >>> 11,
            optional()));
  }

  private static InboxRecord record(byte[] value, String flags) {
    return new InboxRecord(
        "d-1",
        value,
        "data.collected",
        new InboxRecord.Place(1, 2),
        "topic/1",
        new LogClock(1, 1_000, WALL),
        0,
        flags,
        "00-a-b-01",
        "",
        "",
        0,
        "");
  }

  /** As it was read before there was another way; null: it cannot be read. */
  private Input.Report<DeviceCommand> opened(byte[] value, String flags) {
    try {
      Event event = singleObject.decode(value, Event.class);
      String correlation = event.getMetadata().getCorrelationId();
      EventSource source = event.getSource();
      return new Input.Report<>(
          DeviceInputs.report(event, flags.isEmpty() ? event.getTimestamp().toEpochMilli() : WALL),
          new Trace(correlation == null ? event.getId() : correlation, event.getId(), "00-a-b-01"),
          IdHash.of(source.getServiceId(), source.getComponentId(), event.getId()));
    } catch (UnreadableException | UnreadablePayloadException e) {
      return null;
    }
  }

  private void assertSame(byte[] value, String flags) {
    Input<DeviceCommand> read = binding.read(record(value, flags));

    Input.Report<DeviceCommand> opened = opened(value, flags);
    if (opened == null) {
      assertThat(read).isInstanceOf(Input.Unreadable.class);
    } else if (!opened.equals(read)) {
      assertThat(read).as(Arrays.toString(value)).isEqualTo(opened);
    }
  }

  @Test
  void readsEveryEventAsIfItWereOpened() {
    for (int i = 0; i < EVENTS; i++) {
      assertSame(singleObject.encode(event()), random.nextInt(8) == 0 ? "clock_skew" : "");
    }
  }

  @Test
  void readsWhatIsGarbledAsIfItWereOpened() {
    for (int i = 0; i < EVENTS; i++) {
      byte[] value = singleObject.encode(event());
      int at = 10 + random.nextInt(value.length - 10);
      if (random.nextInt(4) == 0) {
        value = Arrays.copyOf(value, random.nextBoolean() ? at : value.length + 1);
      } else {
        value[at] ^= (byte) (1 << random.nextInt(8));
      }
      assertSame(value, "");
    }
  }

  @Test
  void makesLittleGarbageOfAnEvent() {
    InboxRecord record = record(IngressExamples.bytes(IngressExamples.avroEvent()), "");
    binding.read(record);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

    for (int i = 0; i < 1_000; i++) {
      binding.read(record);
    }

    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(bytes / 1_000).isLessThan(BYTES_PER_EVENT_MAX);
  }
}
