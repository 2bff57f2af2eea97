// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Buckets;
import io.twinlog.domain.telemetry.ExactSum;
import io.twinlog.domain.telemetry.Kept;
import io.twinlog.domain.telemetry.Lane;
import io.twinlog.domain.telemetry.RobustEstimate;
import io.twinlog.domain.telemetry.Seen;
import io.twinlog.domain.telemetry.Shelf;
import io.twinlog.domain.telemetry.Tally;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.domain.telemetry.Track;
import io.twinlog.domain.telemetry.Window;
import io.twinlog.domain.telemetry.WindowSize;
import io.twinlog.wire.telemetry.TelemetryWindowForm;
import java.util.List;

/**
 * The telemetry of a device with something in every field. Never changed: its bytes were released.
 */
final class GoldenTelemetry {
  private static final long T = 1_767_225_600_000L;

  private static final Window OPEN =
      new Window(
          WindowSize.MINUTE,
          T,
          new Tally(
              0,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              ExactSum.ZERO,
              ExactSum.ZERO,
              Buckets.EMPTY,
              new double[] {21.5, -0.0, 1e-7},
              T + 20_000,
              1e-7),
          0,
          false);

  private static final Window FOLDED =
      new Window(
          WindowSize.DAY,
          T,
          new Tally(
              7,
              -3.25,
              22,
              ExactSum.of(new double[] {1e-17, 60.5}),
              ExactSum.of(new double[] {600}),
              new Buckets(1, new int[] {60}, new long[] {2}, new int[] {-3, 70}, new long[] {3, 1}),
              new double[] {20},
              T + 30_000,
              20),
          2,
          true);

  private static final Track TEMPERATURE =
      new Track(
          new Seen(20, T + 30_000, 2, 20.25, T + 10_000),
          new RobustEstimate(8, 1, 20.125, 0.75, 1.05, 20),
          new Scalar.Decimal(20.5),
          T + 30_000);

  private static final Track MODE = of(new Scalar.Text("größer"));
  private static final Track DOOR = of(new Scalar.Flag(true));
  private static final Track COUNT = of(new Scalar.Whole(-12));

  private static final Window TOLD =
      new Window(
          WindowSize.MINUTE,
          T - 120_000,
          new Tally(
              0,
              Double.POSITIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              ExactSum.ZERO,
              ExactSum.ZERO,
              Buckets.EMPTY,
              new double[] {19.75},
              T - 90_000,
              19.75),
          1,
          true);

  private static Track of(Scalar last) {
    return new Track(Seen.NOTHING, RobustEstimate.NONE, last, T + 10_000);
  }

  private static final Track[] TRACKS = {COUNT, DOOR, MODE, TEMPERATURE};

  static {
    TelemetryWindowForm form = new TelemetryWindowForm();
    byte[] shelf = form.append(Shelf.EMPTY.packed(), new Window[] {TOLD}, 1);
    TEMPERATURE.keepMinutes(new Window[] {OPEN}, new Shelf(T - 120_000, T - 60_000, shelf));
    TEMPERATURE.keepHours(new Window[] {FOLDED});
    TEMPERATURE.pending().startMinute(T, 13, true);
    TEMPERATURE.pending().add(20.25, T + 29_000);
    TEMPERATURE.pending().add(20.5, T + 30_000);
    MODE.pending().startMinute(T - 60_000, 7, false);
    MODE.pending().add(1.5, T - 1);
  }

  static final TelemetryVitals VITALS =
      new TelemetryVitals(
          "P100",
          true,
          60_000,
          T,
          new Lane(
              T + 30_000,
              60_000,
              1,
              T + 120_000,
              T + 3_720_000,
              new long[] {T - 60_000, Long.MIN_VALUE, T},
              400,
              new String[] {"count", "door", "mode", "temperature"},
              Lane.pack(TRACKS, TRACKS.length),
              new TelemetryWindowForm().packMinutes(TRACKS, TRACKS.length),
              new TelemetryWindowForm().packHours(TRACKS, TRACKS.length),
              new Lane.OfHours(1, T + 86_460_000, T + 90_060_000, 300)),
          Lane.EMPTY,
          Kept.of(new long[] {59_000}, new byte[][] {{1, 2, 3}}),
          List.of(new TelemetryVitals.Told("overheating", 50_000, 3)),
          4,
          60_000);

  private GoldenTelemetry() {}
}
