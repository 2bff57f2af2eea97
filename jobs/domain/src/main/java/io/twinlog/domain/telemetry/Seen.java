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

  static Seen read(TrackBytes in) {
    if (!in.has(TrackBytes.SEEN)) {
      return NOTHING;
    }
    double value = in.nextDouble();
    long time = in.nextLong();
    return in.has(TrackBytes.REPEATED)
        ? new Seen(value, time, in.nextInt(), in.nextDouble(), in.nextLong())
        : new Seen(value, time, 1, value, time);
  }

  int flags() {
    if (same == 0) {
      return 0;
    }
    boolean once = same == 1 && isValue(sameValue) && sameSince == time;
    return once ? TrackBytes.SEEN : TrackBytes.SEEN | TrackBytes.REPEATED;
  }

  /** Whether it is this number, bit by bit. */
  boolean isValue(double other) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(other);
  }

  void write(TrackBytes out) {
    if (out.has(TrackBytes.SEEN)) {
      out.put(value);
      out.put(time);
    }
    if (out.has(TrackBytes.REPEATED)) {
      out.put(same);
      out.put(sameValue);
      out.put(sameSince);
    }
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
