// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Why;
import io.twinlog.domain.escalation.Mutes;
import io.twinlog.wire.escalation.AlertLogCodec;
import io.twinlog.wire.escalation.AlertNewsCodec;
import io.twinlog.wire.escalation.AlertSnapshots;
import io.twinlog.wire.escalation.AlertVitalsCodec;
import io.twinlog.wire.escalation.GroupNewsCodec;
import io.twinlog.wire.escalation.GroupStateCodec;
import io.twinlog.wire.escalation.MuteCodec;
import io.twinlog.wire.escalation.MutesCodec;
import io.twinlog.wire.escalation.SilenceVitalsCodec;
import io.twinlog.wire.escalation.Silences;
import io.twinlog.wire.escalation.ToldAlertCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written of alerts is read as what it was, and as this release wrote it. */
class AlertCodecsTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("twinlog.root"), "schemas/released/0.5.0/bytes");

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("AlertVitals", new AlertVitalsCodec(), GoldenAlerts.VITALS),
        Arguments.of("AlertNews", new AlertNewsCodec(), GoldenAlerts.NEWS),
        Arguments.of("Mute", new MuteCodec(), GoldenAlerts.MUTE),
        Arguments.of("ToldAlert", new ToldAlertCodec(), GoldenAlerts.TOLD),
        Arguments.of("GroupNews", new GroupNewsCodec(), GoldenAlerts.GROUP_NEWS),
        Arguments.of("GroupState", new GroupStateCodec(), GoldenAlerts.GROUP),
        Arguments.of("SilenceVitals", new SilenceVitalsCodec(), GoldenAlerts.SILENCE_VITALS));
  }

  private static <T> byte[] written(T value, BinaryCodec<T> codec) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, BinaryCodec<T> codec) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static byte[] golden(String kind) throws IOException {
    String hex = Files.readString(GOLDEN.resolve(kind + ".hex"));
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  <T> void readsWhatItWrites(String kind, BinaryCodec<T> codec, T value) throws IOException {
    assertThat(read(written(value, codec), codec)).isEqualTo(value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  <T> void readsAndWritesWhatThisReleaseWrites(String kind, BinaryCodec<T> codec, T value)
      throws IOException {
    assertThat(written(value, codec)).isEqualTo(golden(kind));
    assertThat(read(golden(kind), codec)).isEqualTo(value);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  <T> void refusesALaterLayout(String kind, BinaryCodec<T> codec, T value) throws IOException {
    byte[] bytes = written(value, codec);
    bytes[0] = 9;

    assertThatIOException().isThrownBy(() -> read(bytes, codec)).withMessageContaining("layout 9");
  }

  @Test
  void readsTheTableOfMutes() throws IOException {
    Mutes mutes = GoldenAlerts.mutes();

    Mutes again = read(written(mutes, new MutesCodec()), new MutesCodec());

    assertThat(again.spans()).isEqualTo(mutes.spans()).hasSize(2);
    assertThat(written(mutes, new MutesCodec())).isEqualTo(golden("Mutes"));
  }

  @Test
  void readsTheStateOfAnAlertAndOfASilence() {
    AlertSnapshots alerts = new AlertSnapshots();
    Silences silences = new Silences();

    assertThat(alerts.decode(alerts.encode(GoldenAlerts.STATE))).isEqualTo(GoldenAlerts.STATE);
    assertThat(silences.decode(silences.encode(GoldenAlerts.SILENCE)))
        .isEqualTo(GoldenAlerts.SILENCE);
  }

  private static List<AlertEvent> events() {
    Author anna = new Author("anna", "on it");
    ErrorReported error =
        new ErrorReported(
            "e-1", "d", "hot", Severity.HIGH, "it is", new TreeMap<>(), 1_767_225_600_000L);
    List<AlertEvent> events =
        new ArrayList<>(
            List.of(
                new AlertEvent.Awaited(error, 5, 2),
                new AlertEvent.Averted("e-2"),
                new AlertEvent.Opened(error, Severity.CRITICAL, 3),
                new AlertEvent.StepTaken(Severity.HIGH, 1, "ops", true),
                new AlertEvent.Reminded("ops"),
                new AlertEvent.Acknowledged(anna),
                new AlertEvent.Latched(""),
                new AlertEvent.Returned("e-3"),
                new AlertEvent.Assigned("ben", anna),
                new AlertEvent.Snoozed(9, anna),
                new AlertEvent.SnoozeEnded(),
                new AlertEvent.RecoveryRequested(1),
                new AlertEvent.RecoveryFailed(1, "", true),
                new AlertEvent.RecoverySucceeded(2, "e-4"),
                new AlertEvent.Forgotten()));
    for (Why why : Why.values()) {
      events.add(new AlertEvent.Raised(Severity.CRITICAL, why, ""));
    }
    for (How how : How.values()) {
      events.add(new AlertEvent.Resolved(how, AlertEvent.Resolved.NOBODY));
    }
    return events;
  }

  @Test
  void readsEveryEventOfTheLog() {
    AlertLogCodec.Flow flow = new AlertLogCodec.Flow("", "", 0);

    for (AlertEvent event : events()) {
      var recorded = GoldenAlerts.recorded(event);
      var log = AlertLogCodec.toAvro(GoldenAlerts.STATE, recorded, flow);
      assertThat(AlertLogCodec.fromAvro(log)).isEqualTo(recorded);
    }
    assertThat(events())
        .extracting(Object::getClass)
        .containsAll(Arrays.asList(AlertEvent.class.getPermittedSubclasses()));
  }
}
