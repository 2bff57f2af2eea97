// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import io.twinlog.flink.InboxRecord;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.telemetry.TelemetryInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event of a few devices that speak every 20 to 60 s for more than an hour, each at its own
 * pace, and all of them once more two days later; in the order of their times.
 *
 * @param value single-object encoding
 */
record SampleEvent(String device, Instant time, long number, byte[] value) {
  /** Of the last event of each device. */
  static final Instant LAST = Instant.parse("2026-01-03T00:00:00Z");

  /** So many events have a temperature that cannot be. */
  static final int IMPOSSIBLE = 5;

  private static final Instant BEGINNING = Instant.parse("2026-01-01T10:30:00Z");
  private static final int DEVICES = 12;
  private static final int EVENTS = 120;

  static List<SampleEvent> all() {
    Random random = new Random(7);
    SingleObject codec = new SingleObject();
    List<SampleEvent> events = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) {
      String id = "d-" + device;
      long at = random.nextInt(20_000);
      for (int i = 0; i < EVENTS; i++) {
        at += 20_000 + random.nextInt(40_000);
        boolean impossible = i == 30 && device < IMPOSSIBLE;
        events.add(
            of(id, BEGINNING.plusMillis(at), events.size(), values(random, impossible), codec));
      }
      events.add(of(id, LAST, events.size(), values(random, false), codec));
    }
    events.sort(Comparator.comparing(SampleEvent::time));
    return events;
  }

  /** Decimals, whole numbers of both signs, and numbers of all sizes. */
  private static String values(Random random, boolean impossible) {
    return "{\"temperature\":%s,\"steps\":%d,\"flow\":%s,\"state\":\"fine\"}"
        .formatted(
            impossible ? "900.5" : Double.toString((1_500 + random.nextInt(2_000)) / 100.0),
            random.nextInt(21) - 10,
            Double.toString(Math.exp(8 * random.nextGaussian())));
  }

  private static SampleEvent of(
      String device, Instant time, long number, String values, SingleObject codec) {
    String payload = "{\"device_id\":\"" + device + "\",\"data\":" + values + "}";
    Event event =
        Event.newBuilder()
            .setId("e-" + number)
            .setEventType(TelemetryInputs.COLLECTED)
            .setSource(new EventSource("gateway", device, "1"))
            .setTimestamp(time)
            .setData(
                new EventData(
                    ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON))
            .setMetadata(EventMetadata.newBuilder().setPriority(Priority.NORMAL).build())
            .build();
    return new SampleEvent(device, time, number, codec.encode(event));
  }

  /** As the inbox reader hands it on; the clock shows event time. */
  InboxRecord inbox() {
    long clock = Duration.between(BEGINNING, time).toMillis();
    return new InboxRecord(
        device,
        value,
        TelemetryInputs.COLLECTED,
        new InboxRecord.Place(0, number),
        "ingress/0",
        new LogClock(1, clock, time.toEpochMilli()),
        0,
        "",
        null,
        "",
        "",
        clock,
        "");
  }

  /** As the peer's source reads them. */
  static List<Measured> measured(List<SampleEvent> sample) {
    EventReading reading = new EventReading();
    reading.open();
    List<Measured> measured = new ArrayList<>();
    ListCollector<Measured> collector = new ListCollector<>(measured);
    for (SampleEvent event : sample) {
      byte[] key = event.device.getBytes(StandardCharsets.UTF_8);
      reading.deserialize(new ConsumerRecord<>("inbox", 0, 0, key, event.value), collector);
    }
    return measured;
  }
}
