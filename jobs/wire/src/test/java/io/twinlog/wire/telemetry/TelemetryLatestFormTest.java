// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Kept;
import io.twinlog.domain.telemetry.Lane;
import io.twinlog.domain.telemetry.RobustEstimate;
import io.twinlog.domain.telemetry.Seen;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.domain.telemetry.Track;
import io.twinlog.schemas.LatestValue;
import io.twinlog.schemas.TelemetryLatest;
import io.twinlog.wire.SingleObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** It writes what Avro itself would write. */
class TelemetryLatestFormTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final TelemetryLatestForm form = new TelemetryLatestForm();
  private final SingleObject codec = new SingleObject();

  private record Named(String metric, Track track) {}

  private static Named track(String metric, Scalar last, Instant time) {
    return new Named(
        metric, new Track(Seen.NOTHING, RobustEstimate.NONE, last, time.toEpochMilli()));
  }

  private static Lane lane(Named... tracks) {
    Lane none = Lane.EMPTY;
    return new Lane(
        NOON.toEpochMilli(),
        0,
        0,
        none.nextMove(),
        none.nextOver(),
        none.over(),
        0,
        Arrays.stream(tracks).map(Named::metric).toArray(String[]::new),
        Lane.pack(Arrays.stream(tracks).map(Named::track).toArray(Track[]::new), tracks.length),
        none.minutes(),
        none.hours(),
        none.ofHours());
  }

  private static TelemetryVitals vitals(Lane present, Lane past) {
    return new TelemetryVitals(
        "m-1", true, 0, 0, present, past, Kept.NONE, List.of(), 3, NOON.toEpochMilli());
  }

  private static TelemetryLatest record(Instant newest, Map<String, LatestValue> values) {
    return new TelemetryLatest("d-1", "m-1", newest, new TreeMap<>(values), 3L, 7L);
  }

  @Test
  void writesTheValuesOfAllKinds() {
    Lane present =
        lane(
            track("broken", new Scalar.Flag(true), NOON),
            track("count", new Scalar.Whole(-5), NOON.plusMillis(1)),
            track("state", new Scalar.Text("gr\u00fcn \ud83d\ude00"), NOON.minusMillis(1)),
            track("temperature", new Scalar.Decimal(21.5), NOON));

    TelemetryLatest written =
        codec.decode(form.pack("d-1", vitals(present, Lane.EMPTY), 7), TelemetryLatest.class);

    assertThat(written)
        .isEqualTo(
            record(
                NOON.plusMillis(1),
                Map.of(
                    "broken", new LatestValue(true, NOON),
                    "count", new LatestValue(-5L, NOON.plusMillis(1)),
                    "state", new LatestValue("gr\u00fcn \ud83d\ude00", NOON.minusMillis(1)),
                    "temperature", new LatestValue(21.5, NOON))));
  }

  @Test
  void takesFromThePastWhatThePresentDoesNotHave() {
    Instant lastYear = Instant.parse("2025-06-01T00:00:00Z");
    Lane present =
        lane(
            track("b", new Scalar.Whole(1), NOON),
            track("c", null, Instant.EPOCH),
            track("e", null, Instant.EPOCH));
    Lane past =
        lane(
            track("a", new Scalar.Whole(2), lastYear),
            track("b", new Scalar.Whole(3), lastYear),
            track("c", new Scalar.Whole(4), lastYear),
            track("d", null, Instant.EPOCH));

    byte[] written = form.pack("d-1", vitals(present, past), 7);

    assertThat(written)
        .isEqualTo(
            codec.encode(
                record(
                    NOON,
                    Map.of(
                        "a", new LatestValue(2L, lastYear),
                        "b", new LatestValue(1L, NOON),
                        "c", new LatestValue(4L, lastYear)))));
  }
}
