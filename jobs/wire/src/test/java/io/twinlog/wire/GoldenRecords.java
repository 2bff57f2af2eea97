// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Severity;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.Connection;
import io.twinlog.domain.device.DeviceState.Configuration;
import io.twinlog.domain.device.DeviceState.Link;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.domain.device.DeviceVitals.Published;
import io.twinlog.domain.device.DeviceVitals.SequenceWatch;
import io.twinlog.domain.device.Fault;
import io.twinlog.domain.device.FlapHistory;
import io.twinlog.domain.device.Lifecycle;
import io.twinlog.domain.device.Registration;
import io.twinlog.domain.device.Status;
import io.twinlog.schemas.AvailabilityDay;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.DeviceAvailability;
import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.schemas.DeviceStatus;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.FleetCounts;
import io.twinlog.schemas.InboxMark;
import io.twinlog.schemas.InboxMarks;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.LatestValue;
import io.twinlog.schemas.Ledger;
import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.schemas.Priority;
import io.twinlog.schemas.PublishedRules;
import io.twinlog.schemas.QualityFlag;
import io.twinlog.schemas.Reason;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.TelemetryLatest;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.schemas.Tick;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.device.DeviceRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The values that the files in {@code golden/} hold, with every optional field set. */
final class GoldenRecords {
  static final long T = 1_767_225_600_000L;
  static final Instant AT = Instant.ofEpochMilli(T);
  private static final String TOPIC_ID = "AAAAAAAAAAAAAAAAAAAAAQ";

  static final Values ATTRIBUTES =
      Values.of(
          Map.of(
              "site", new Scalar.Text("north"),
              "floor", new Scalar.Whole(3),
              "height", new Scalar.Decimal(2.5),
              "indoor", new Scalar.Flag(true)));

  static final Patch PATCH =
      new Patch(
          Values.of(Map.of("rate", new Scalar.Whole(5))), new TreeSet<>(List.of("threshold")));

  static final Registration REGISTRATION =
      new Registration("TH-1", "1.4.2", ATTRIBUTES, 60_000, 150_000);

  static final io.twinlog.domain.device.DeviceState STATE =
      new io.twinlog.domain.device.DeviceState(
          "d-1",
          17,
          Lifecycle.REGISTERED,
          new Link(Connection.ONLINE, "s-1", T - 1_000, T - 2_000, T - 9_000),
          T - 2_000,
          Cause.FAULT,
          REGISTRATION,
          ATTRIBUTES,
          new Configuration(2, PATCH.set(), Values.of(Map.of("rate", new Scalar.Whole(1)))),
          List.of(
              new Fault("hot", Severity.HIGH, "over 80 °C", T - 500),
              new Fault("loud", Severity.LOW, "", T - 400)),
          true,
          Status.ONLINE,
          0);

  static final DeviceVitals VITALS =
      new DeviceVitals(
          Lifecycle.REGISTERED,
          Status.FAULTED,
          Connection.ONLINE,
          true,
          150_000,
          60_000,
          T,
          T - 100,
          0,
          new SequenceWatch("s-1", 41, 30_000, 2),
          new FlapHistory(0b1011, 58_000),
          new Published(59_000, T - 1_000, 10, 12_000));

  private GoldenRecords() {}

  static Event event() {
    byte[] payload = "{\"data\":{\"temperature\":21.5}}".getBytes(StandardCharsets.UTF_8);
    return new Event(
        "e-1",
        "data.collected",
        new EventSource("gw-1", "d-1", "1.0"),
        AT,
        new EventData(ByteBuffer.wrap(payload), "1", Encoding.JSON),
        metadata());
  }

  private static EventMetadata metadata() {
    return new EventMetadata(
        "c-0",
        "c-1",
        "ann",
        "s-1",
        7L,
        Priority.HIGH,
        60_000L,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  }

  static Command command() {
    return new Command(
        "k-1",
        "ConfigureDevice",
        "d-1",
        16L,
        60_000L,
        "ann",
        AT,
        "{\"configuration\":{\"rate\":5}}",
        metadata());
  }

  static CommandResult result() {
    return new CommandResult(
        "k-1",
        "ConfigureDevice",
        "d-1",
        CommandStatus.REFUSED,
        17L,
        17L,
        List.of(new Reason("conflict", "expected_version", "expected version 16")),
        List.of("d-1/17"));
  }

  static Tick tick() {
    return new Tick(1, 60_000L, AT, 4L, sources(), null);
  }

  private static List<SourceTopic> sources() {
    return List.of(new SourceTopic("twinlog.ingress", TOPIC_ID, 4));
  }

  static InboxTick inboxTick() {
    return new InboxTick(
        List.of(new TickMark(TOPIC_ID, 2, 99L, 1, 60_000L, AT, 4L, -1L)), sources());
  }

  static InboxMarks inboxMarks() {
    return new InboxMarks(
        List.of(new InboxMark(3, TOPIC_ID, 2, 1, 98L, 1, 60_000L, 0, 0L)), sources(), "");
  }

  static io.twinlog.schemas.DeviceState projection() {
    return DeviceRecords.state(STATE, VITALS, 4);
  }

  static DeviceStatus notice() {
    return new DeviceStatus("d-1", 17L, "ONLINE", "FAULTED", "fault", AT, true, true, "c-0", "e-1");
  }

  static DeviceAvailability availability() {
    AvailabilityDay day = new AvailabilityDay("2026-01-01", 1L, 2_000L, 3L, 4L, 5L, 6L, 2L, 1_000L);
    return new DeviceAvailability("d-1", 3L, 17L, "ONLINE", AT, AT, List.of(day), 1_000L);
  }

  static Parked parked() {
    return new Parked(
        "d-1",
        "device",
        ParkedChange.HELD,
        "twinlog.events.domain",
        3,
        1L << 40,
        "data.collected",
        AT,
        2,
        66_000L,
        List.of(new Reason("handler_failed", "", "no route to host")),
        ByteBuffer.wrap(new byte[] {1, 2}));
  }

  static Ledger ledger() {
    return new Ledger(
        "device",
        "twinlog.events.domain",
        3,
        10_000L,
        20_000L,
        20_000L,
        true,
        9_900L,
        90L,
        10L,
        9_000L,
        1L,
        2L,
        3L,
        4L,
        5L,
        885L,
        2);
  }

  static PublishedRules rules() {
    return new PublishedRules(7L, "version: 7\n", "ann", "hotter summers", AT, "0c".repeat(32));
  }

  static FleetCounts counts() {
    return new FleetCounts("P100", 9L, AT, 60_000L, 1L, 2L, 3L, 4L, 5L);
  }

  static TelemetryRecord measured() {
    Map<String, Object> data = new TreeMap<>();
    data.put("temperature", 21.5);
    data.put("mode", "boost");
    data.put("rpm", 1_200L);
    data.put("open", true);
    return new TelemetryRecord(
        "d-1/e-1",
        "d-1",
        "P100",
        data,
        AT,
        0.7,
        List.of(new QualityFlag("temperature", "outlier", false, "far")),
        2,
        "{\"ok\":true}",
        AT,
        3L);
  }

  static TelemetryStats statistics() {
    return new TelemetryStats(
        "d-1",
        "temperature",
        "1m",
        AT,
        2,
        true,
        60L,
        -1.5,
        22.25,
        20.1,
        0.5,
        20.0,
        22.0,
        22.2,
        21.5,
        3L);
  }

  static TelemetryLatest newest() {
    return new TelemetryLatest(
        "d-1", "P100", AT, Map.of("temperature", new LatestValue(21.5, AT)), 4L, 3L);
  }

  static DeviceDownlink downlink() {
    DeviceDownlink downlink = DeviceRecords.downlink("d-1", 2, PATCH);
    downlink.setCorrelationId("c-0");
    downlink.setCausationId("k-1");
    return downlink;
  }
}
