// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.function.LongSupplier;

/**
 * Guesses how many inputs come before the next barrier: barriers come at an interval, or, where
 * checkpoints take longer than that, as far apart as the last two did; inputs as fast as since the
 * last one. A wrong guess costs time and changes no output: it may look at the machine's clock.
 */
final class BarrierForecast {
  static final long UNKNOWN = Long.MAX_VALUE;

  /** Inputs between two looks at the clock. */
  static final int LOOK_EVERY = 64;

  private final long setIntervalMillis;
  private final LongSupplier millis;
  private long intervalMillis;
  private long since;
  private long inputs;
  private long left = UNKNOWN;
  private double millisPerInput;

  /**
   * @param intervalMillis between two checkpoints, as it is set; 0: nobody knows
   * @param millis a clock
   */
  BarrierForecast(long intervalMillis, LongSupplier millis) {
    this.setIntervalMillis = intervalMillis;
    this.intervalMillis = intervalMillis;
    this.millis = millis;
    this.since = millis.getAsLong();
  }

  /** An input was worked off. */
  void input() {
    inputs++;
    if (inputs % LOOK_EVERY == 0) {
      look();
    }
  }

  private void look() {
    long elapsed = millis.getAsLong() - since;
    if (intervalMillis > 0 && elapsed > 0) {
      left = inputs * Math.max(0, intervalMillis - elapsed) / elapsed;
      millisPerInput = (double) elapsed / inputs;
    }
  }

  /** {@link #UNKNOWN}: nothing is to be expected. */
  long inputsLeft() {
    return left;
  }

  /**
   * Whether it is time to begin with so many writes, so that the last is done when the barrier
   * comes. Each input meanwhile makes one more necessary.
   *
   * @param atOnce how many are done with an input, two or more
   * @param millisEach what one takes
   */
  boolean isTimeFor(int writes, int atOnce, double millisEach) {
    if (left == UNKNOWN) {
      return false;
    }
    double inputsNeeded = (double) writes / (atOnce - 1);
    // The time in which those come without any write is what is left of the interval.
    double slower = 1 + atOnce * millisEach / millisPerInput;
    return inputsNeeded * slower >= left;
  }

  /** A barrier has come. */
  void barrier() {
    long now = millis.getAsLong();
    intervalMillis = setIntervalMillis == 0 ? 0 : Math.max(setIntervalMillis, now - since);
    since = now;
    inputs = 0;
    left = UNKNOWN;
  }
}
