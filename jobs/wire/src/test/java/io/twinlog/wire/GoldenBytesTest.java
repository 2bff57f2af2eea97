// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.schemas.DeviceSnapshot;
import io.twinlog.wire.device.DeviceLogCodec;
import io.twinlog.wire.device.DeviceStateCodec;
import io.twinlog.wire.device.DeviceVitalsCodec;
import io.twinlog.wire.telemetry.TelemetryVitalsCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Topics and state are full of the bytes in {@code released/VERSION/bytes}: as long as there are
 * installations, they must be read as what they were. The files of a release never change.
 */
class GoldenBytesTest {
  private static final Path RELEASED =
      Path.of(System.getProperty("twinlog.root"), "schemas/released");

  /** The oldest first. A release has files of the kinds whose bytes it changed. */
  private static final List<String> RELEASES = List.of("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0");

  private static final Recorded<DeviceEvent> RECORDED =
      new Recorded<>(
          17,
          new Moment(60_000, GoldenRecords.T),
          GoldenRecords.T - 500,
          Cause.COMMAND,
          new DeviceEvent.ConfigurationDesired(2, GoldenRecords.PATCH));

  private final SingleObject singleObject = new SingleObject();

  private static Map<String, SpecificRecordBase> records() {
    Map<String, SpecificRecordBase> records = new TreeMap<>();
    Stream.of(
            GoldenRecords.event(),
            GoldenRecords.command(),
            GoldenRecords.result(),
            GoldenRecords.tick(),
            GoldenRecords.inboxTick(),
            GoldenRecords.inboxMarks(),
            GoldenRecords.projection(),
            new SingleObject()
                .decode(new DeviceStateCodec().encode(GoldenRecords.STATE), DeviceSnapshot.class),
            DeviceLogCodec.toAvro("d-1", RECORDED, "c-0", "k-1"),
            GoldenRecords.notice(),
            GoldenRecords.availability(),
            GoldenRecords.counts(),
            GoldenRecords.parked(),
            GoldenRecords.ledger(),
            GoldenRecords.rules(),
            GoldenRecords.downlink(),
            GoldenRecords.measured(),
            GoldenRecords.statistics(),
            GoldenRecords.newest(),
            GoldenServices.log(),
            GoldenServices.instance(),
            GoldenServices.endpoints(),
            GoldenAlerts.error(),
            GoldenAlerts.log(),
            GoldenAlerts.snapshot(),
            GoldenAlerts.projection(),
            GoldenAlerts.recovery(),
            GoldenAlerts.silence(),
            GoldenAlerts.notification(),
            GoldenAlerts.receipt())
        .forEach(record -> records.put(record.getSchema().getName(), record));
    return records;
  }

  static Set<String> kinds() {
    return records().keySet();
  }

  @Test
  void everyKindOfRecordHasAFile() {
    assertThat(SingleObject.CURRENT)
        .extracting(Schema::getName)
        .containsExactlyInAnyOrderElementsOf(kinds());
    assertThat(kinds()).allSatisfy(kind -> assertThat(releasesOf(kind)).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsWhatReleaseWrote(String kind) throws IOException {
    SpecificRecordBase record = records().get(kind);

    for (String release : releasesOf(kind)) {
      assertThat(singleObject.decode(golden(release, kind), record.getClass()))
          .as(release)
          .hasToString(text(record));
    }
  }

  /** A schema that was changed on purpose needs files of its own, beside these. */
  @ParameterizedTest
  @MethodSource("kinds")
  void writesTheSameBytesToday(String kind) throws IOException {
    assertThat(singleObject.encode(records().get(kind))).isEqualTo(golden(kind));
  }

  @Test
  void readsTheStateOfADevice() throws IOException {
    assertThat(new DeviceStateCodec().decode(golden("DeviceSnapshot")))
        .isEqualTo(GoldenRecords.STATE);
  }

  @Test
  void readsTheLogOfADevice() throws IOException {
    DeviceLog log = singleObject.decode(golden("DeviceLog"), DeviceLog.class);

    assertThat(DeviceLogCodec.fromAvro(log)).isEqualTo(RECORDED);
  }

  @Test
  void readsAndWritesTheTelemetryOfADevice() throws IOException {
    TelemetryVitalsCodec codec = new TelemetryVitalsCodec();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(GoldenTelemetry.VITALS, new DataOutputStream(bytes));

    assertThat(bytes.toByteArray()).isEqualTo(golden("TelemetryVitals"));
    for (String release : releasesOf("TelemetryVitals")) {
      byte[] golden = golden(release, "TelemetryVitals");
      assertThat(codec.read(new DataInputStream(new ByteArrayInputStream(golden))))
          .as(release)
          .usingRecursiveComparison()
          .isEqualTo(GoldenTelemetry.VITALS);
    }
  }

  @Test
  void readsAndWritesTheVitalsOfADevice() throws IOException {
    DeviceVitalsCodec codec = new DeviceVitalsCodec();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(GoldenRecords.VITALS, new DataOutputStream(bytes));

    assertThat(bytes.toByteArray()).isEqualTo(golden("DeviceVitals"));
    assertThat(codec.read(new DataInputStream(new ByteArrayInputStream(golden("DeviceVitals")))))
        .isEqualTo(GoldenRecords.VITALS);
  }

  private String text(SpecificRecordBase record) {
    return singleObject.decode(singleObject.encode(record), record.getClass()).toString();
  }

  private static List<String> releasesOf(String kind) {
    return RELEASES.stream()
        .filter(release -> Files.exists(RELEASED.resolve(release + "/bytes/" + kind + ".hex")))
        .toList();
  }

  /** As the newest release that changed its bytes wrote it. */
  private static byte[] golden(String kind) throws IOException {
    List<String> releases = releasesOf(kind);
    return golden(releases.get(releases.size() - 1), kind);
  }

  private static byte[] golden(String release, String kind) throws IOException {
    Path file = RELEASED.resolve(release + "/bytes/" + kind + ".hex");
    return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
  }
}
