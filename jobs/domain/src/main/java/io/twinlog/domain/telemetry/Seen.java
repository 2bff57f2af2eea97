// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * The newest number of a metric, and since when it has been the same: what the checks compare with.
 *
 * @param time event time; {@link #NOTHING}: none was seen
 * @param same values in a row that were the same, this one included
 * @param sameValue the first of them
 * @param sameSince its event time
 */
public record Seen(double value, long time, int same, double sameValue, long sameSince) {
  public static final Seen NOTHING = new Seen(0, Long.MIN_VALUE, 0, 0, 0);

  static Seen read(byte[] bytes, int at) {
    int same = TrackLayout.intAt(bytes, at + TrackLayout.SAME);
    return same == 0
        ? NOTHING
        : new Seen(
            TrackLayout.doubleAt(bytes, at + TrackLayout.VALUE),
            TrackLayout.longAt(bytes, at + TrackLayout.TIME),
            same,
            TrackLayout.doubleAt(bytes, at + TrackLayout.SAME_VALUE),
            TrackLayout.longAt(bytes, at + TrackLayout.SAME_SINCE));
  }

  void write(byte[] bytes, int at) {
    TrackLayout.put(bytes, at + TrackLayout.VALUE, value);
    TrackLayout.put(bytes, at + TrackLayout.TIME, time);
    TrackLayout.put(bytes, at + TrackLayout.SAME, same);
    TrackLayout.put(bytes, at + TrackLayout.SAME_VALUE, sameValue);
    TrackLayout.put(bytes, at + TrackLayout.SAME_SINCE, sameSince);
  }

  boolean isNothing() {
    return same == 0;
  }

  /** Whether a number is the same as the one before. */
  boolean goesOn(double next, double tolerance) {
    return same > 0 && Math.abs(next - sameValue) <= tolerance;
  }

  Seen next(double next, long at, double tolerance) {
    return goesOn(next, tolerance)
        ? new Seen(next, at, same == Integer.MAX_VALUE ? same : same + 1, sameValue, sameSince)
        : new Seen(next, at, 1, next, at);
  }
}
