// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Trace;
import io.twinlog.rules.Facts;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.telemetry.TelemetryInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads measurements without opening their event as it reads one that is opened. */
class TelemetryBindingTest {
  private static final long WALL = 1_767_225_700_000L;
  private static final List<String> TYPES =
      List.of(
          "data.collected",
          "data.collected",
          "data.processed",
          "device.registered",
          "device.decommissioned",
          "device.heartbeat");
  private static final List<String> PAYLOADS =
      List.of(
          "{\"device_id\":\"d-1\",\"data\":{\"t\":21.5,\"n\":3,\"s\":\"é\",\"on\":true}}",
          "{\"data\":{\"\\u0074\":1e3}}",
          "{\"data\":{\"t\":12345678901234567890.5}}",
          "{\"data\":{}}",
          "{\"model\":\"m\",\"data_id\":\"d-1/e\",\"result\":{\"a\":[1,null]},\"data\":{\"t\":1}}");

  private final TelemetryBinding binding =
      new TelemetryBinding(
          RuleBook.of(RuleSet.DEFAULT), TelemetryLimits.DEFAULT, QualityChecks.NONE);
  private final SingleObject singleObject = new SingleObject();
  private final Random random = new Random(1);

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Event event(String type, Encoding encoding, String payload) {
    return new Event(
        any(List.of("e-1", "é", "e-2")),
        type,
        new EventSource(any(List.of("gw", "温度")), "d-1", "1"),
        Instant.ofEpochMilli(random.nextInt() * 1_000L),
        new EventData(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", encoding),
        new EventMetadata(
            random.nextBoolean() ? null : "flow",
            null,
            null,
            random.nextBoolean() ? null : "s-1",
            random.nextBoolean() ? null : 7L,
            Priority.NORMAL,
            null,
            null));
  }

  private static InboxRecord record(byte[] value, String type, String flags) {
    return new InboxRecord(
        "d-1",
        value,
        type,
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

  @Test
  void readsAnEventThatIsNotOpenedAsOneThatIs() {
    int collected = 0;
    for (int i = 0; i < 400; i++) {
      Event event = event(any(TYPES), Encoding.JSON, any(PAYLOADS));
      boolean ahead = random.nextInt(4) == 0;
      byte[] value = singleObject.encode(event);

      Input<TelemetryCommand> read =
          binding.read(record(value, event.getEventType(), ahead ? "clock_skew" : ""));

      long time = ahead ? WALL : event.getTimestamp().toEpochMilli();
      String correlation = event.getMetadata().getCorrelationId();
      EventSource source = event.getSource();
      Input.Report<TelemetryCommand> opened =
          new Input.Report<>(
              new TelemetryInputs(Facts::of).of(event, time, ahead),
              new Trace(
                  correlation == null ? event.getId() : correlation, event.getId(), "00-a-b-01"),
              IdHash.of(source.getServiceId(), source.getComponentId(), event.getId()));
      assertThat(read).isEqualTo(opened);
      collected += opened.command() instanceof Collected ? 1 : 0;
    }
    assertThat(collected).isGreaterThan(80);
  }

  @Test
  void makesNothingOfWhatWasPassedUnread() {
    for (Encoding encoding : List.of(Encoding.TEXT, Encoding.BINARY)) {
      byte[] value = singleObject.encode(event("data.collected", encoding, PAYLOADS.get(0)));

      assertThat(binding.read(record(value, "data.collected", "")))
          .isInstanceOfSatisfying(
              Input.Report.class,
              report -> assertThat(report.command()).isEqualTo(new TelemetryCommand.Aside()));
    }
  }

  @Test
  void readsNoEventThatIsBroken() {
    byte[] value = singleObject.encode(event("data.collected", Encoding.JSON, PAYLOADS.get(0)));
    for (int i = 0; i < 200; i++) {
      byte[] broken = Arrays.copyOf(value, random.nextInt(value.length));
      for (int j = random.nextInt(3); j > 0 && broken.length > 0; j--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertThat(binding.read(record(broken, "data.collected", "")))
          .isInstanceOfSatisfying(
              Input.Unreadable.class,
              dead -> assertThat(dead.reason()).isEqualTo(DeadLetterReason.MALFORMED));
    }
  }

  @Test
  void readsAMetricThatComesTwiceAsBroken() {
    byte[] value =
        singleObject.encode(event("data.collected", Encoding.JSON, "{\"data\":{\"t\":1,\"t\":2}}"));

    assertThat(binding.read(record(value, "data.collected", "")))
        .isInstanceOf(Input.Unreadable.class);
  }

  @Test
  void isConcernedWithItsOwnInputsAlone() {
    assertThat(binding.concerns(record(new byte[0], "data.collected", ""))).isTrue();
    assertThat(binding.concerns(record(new byte[0], "RegisterDevice", ""))).isTrue();
    assertThat(binding.concerns(record(new byte[0], "device.heartbeat", ""))).isFalse();
    assertThat(binding.concerns(record(new byte[0], "ConfigureDevice", ""))).isFalse();
  }
}
