// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.availability.AvailabilityState;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.Status;
import io.twinlog.domain.device.StatusTally;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.domain.fleet.FleetState;
import io.twinlog.schemas.DeviceAvailability;
import io.twinlog.schemas.Event;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.PlatformErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SecondStageCodecsTest {
  private static final StatusTally TALLY = new StatusTally(1, 2, 3, 4, 5);
  private static final DeviceMove MOVE =
      new DeviceMove(
          "d-1", 7, DeviceMove.Kind.MOVED, Status.ONLINE, Status.OFFLINE, "P", "T", Cause.TIMEOUT);

  private static <T> byte[] bytes(BinaryCodec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(BinaryCodec<T> codec, byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static <T> T again(BinaryCodec<T> codec, T value) throws IOException {
    return read(codec, bytes(codec, value));
  }

  private static TreeMap<String, Long> byModel() {
    TreeMap<String, Long> models = new TreeMap<>();
    models.put("T", 2L);
    models.put("P", 1L);
    return models;
  }

  @Test
  void movesAreReadAsTheyWereWritten() throws IOException {
    assertThat(again(new DeviceMoveCodec(), MOVE)).isEqualTo(MOVE);
  }

  @Test
  void theFleetIsReadAsItWasWritten() throws IOException {
    TreeMap<String, StatusTally> models = new TreeMap<>();
    models.put("P", TALLY);
    models.put("", StatusTally.NOTHING);
    FleetState fleet =
        new FleetState(
            9,
            models,
            new TreeSet<>(List.of("P")),
            new FleetState.Minute(4, 3, byModel(), List.of("b", "a")),
            17);

    assertThat(again(new FleetCodec(), fleet)).isEqualTo(fleet);
  }

  @Test
  void availabilityIsReadAsItWasWritten() throws IOException {
    AvailabilityState state =
        new AvailabilityState(
            "d-1",
            3,
            7,
            Status.FAULTED,
            10,
            20,
            List.of(new AvailabilityState.Day(20_000, TALLY, 4, 1)),
            30,
            false);

    assertThat(again(new AvailabilityCodec(), state)).isEqualTo(state);
  }

  @Test
  void aLaterLayoutIsRefused() throws IOException {
    byte[] bytes = bytes(new DeviceMoveCodec(), MOVE);
    bytes[0]++;

    assertThatThrownBy(() -> read(new DeviceMoveCodec(), bytes)).hasMessageContaining("layout 2");
  }

  @Test
  void meanTimeBetweenFailuresIsTimeOnlineByFailures() {
    AvailabilityState state =
        new AvailabilityState(
            "d-1",
            1,
            7,
            Status.ONLINE,
            0,
            0,
            List.of(
                new AvailabilityState.Day(20_000, new StatusTally(0, 900, 0, 0, 0), 4, 3),
                new AvailabilityState.Day(20_001, new StatusTally(0, 100, 0, 0, 0), 0, 0)),
            0,
            false);

    DeviceAvailability written = AvailabilityCodec.toAvro(state);

    assertThat(written.getDays().get(0).getDay()).isEqualTo("2024-10-04");
    assertThat(written.getDays().get(0).getMtbfMs()).isEqualTo(300);
    assertThat(written.getDays().get(1).getMtbfMs()).isNull();
    assertThat(written.getMtbfMs()).isEqualTo(333);
  }

  @Test
  void aMassSilenceIsAnErrorWithADerivedId() {
    Event event =
        PlatformErrors.massSilence(
            new MassSilence(
                5, new Moment(60_000, 1_767_225_660_000L), 3, 10, byModel(), List.of("b", "a")));

    assertThat(event.getId()).isEqualTo("mass-silence/60000");
    assertThat(event.getEventType()).isEqualTo("system.mass_silence");
    assertThat(new String(event.getData().getPayload().array(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"error\":{\"code\":\"mass_silence\",\"severity\":\"critical\","
                + "\"message\":\"3 of 10 devices fell silent within one minute\"},"
                + "\"devices\":3,\"in_service\":10,\"by_model\":{\"P\":1,\"T\":2},"
                + "\"device_ids\":[\"b\",\"a\"]}");
  }
}
