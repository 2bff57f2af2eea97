// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * What is kept of the values of a window. Immutable. The newest few stay as they are, so that most
 * values cost a short copy; the others are in sums and buckets. What comes out does not depend on
 * the order in which they came.
 *
 * @param folded values in the sums and the buckets
 * @param min of the folded ones
 * @param max of the folded ones
 * @param recent at most {@link #RECENT_MAX}; not to be changed
 * @param lastTime newest event time
 * @param last value at it
 */
public record Tally(
    long folded,
    double min,
    double max,
    ExactSum sum,
    ExactSum squares,
    Buckets buckets,
    double[] recent,
    long lastTime,
    double last) {
  public static final int RECENT_MAX = 16;

  private static final double[] NOTHING = {};

  public static final Tally NONE =
      new Tally(
          0,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          ExactSum.ZERO,
          ExactSum.ZERO,
          Buckets.EMPTY,
          NOTHING,
          Long.MIN_VALUE,
          0);

  public long count() {
    return folded + recent.length;
  }

  /** With one more. Of two at the same time the one that comes later is the last. */
  Tally with(double value, long time, Sketches sketches) {
    return with(new double[] {value}, time, value, sketches);
  }

  /**
   * With all of these, at most {@link #RECENT_MAX}.
   *
   * @param time newest event time of them
   * @param value at it
   */
  Tally with(double[] values, long time, double value, Sketches sketches) {
    Tally before = recent.length + values.length > RECENT_MAX ? fold(sketches) : this;
    double[] more = Arrays.copyOf(before.recent, before.recent.length + values.length);
    System.arraycopy(values, 0, more, before.recent.length, values.length);
    boolean newest = time >= lastTime;
    return new Tally(
        before.folded,
        before.min,
        before.max,
        before.sum,
        before.squares,
        before.buckets,
        more,
        newest ? time : lastTime,
        newest ? value : last);
  }

  /** All values in sums and buckets. */
  Tally fold(Sketches sketches) {
    if (recent.length == 0) {
      return this;
    }
    double low = min;
    double high = max;
    for (double value : recent) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new Tally(
        count(),
        low,
        high,
        sum.plus(recent, false),
        squares.plus(recent, true),
        sketches.with(buckets, recent),
        NOTHING,
        lastTime,
        last);
  }

  /** Bytes that it takes encoded, at most. */
  int bytes() {
    return 60
        + 9 * recent.length
        + 8 * (sum.parts().length + squares.parts().length)
        + 6 * buckets.size();
  }
}
