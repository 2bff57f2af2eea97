// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Aggregate;

/**
 * The last 21 steps of a device's status, each a transition or an interval without one, and how
 * much it flaps by them: the weighted share of transitions, from 0.75 for the oldest step to 1.25
 * for the newest. Above 50 % flapping begins, below 25 % it ends.
 *
 * <p>Source: Nagios Core, "Detection and handling of state flapping", with calm intervals of the
 * clock in the place of its regular checks, as a device's status is told by events.
 *
 * @param bits 21 bits, the newest lowest; 1: a transition
 * @param clock of the newest transition
 */
public record FlapHistory(int bits, long clock) {
  public static final FlapHistory CALM = new FlapHistory(0, 0);

  private static final int STEPS = 21;
  private static final int MASK = (1 << STEPS) - 1;
  private static final int TOTAL = 21_000;

  /** After a transition at {@code clock}. */
  public FlapHistory transition(long clock, long interval) {
    return new FlapHistory((calmed((clock - this.clock) / interval).bits << 1 | 1) & MASK, clock);
  }

  /** Whether the share is above 50 %. */
  public boolean flaps() {
    return score() * 2 > TOTAL;
  }

  /** The weighted share of transitions at {@code clock}, in percent, rounded down. */
  public int percentAt(long clock, long interval) {
    return calmed((clock - this.clock) / interval).score() * 100 / TOTAL;
  }

  /** The clock at which calm alone brings the share below 25 %. */
  public long calmAt(long interval) {
    for (int steps = 0; steps <= STEPS; steps++) {
      if (calmed(steps).score() * 4 < TOTAL) {
        return clock + steps * interval;
      }
    }
    return Aggregate.NEVER;
  }

  private FlapHistory calmed(long steps) {
    return new FlapHistory(steps >= STEPS ? 0 : (bits << Math.max(0, steps)) & MASK, clock);
  }

  /** In thousandths: 1250 for the newest step, 25 less for each before it. */
  private int score() {
    int sum = 0;
    for (int age = 0; age < STEPS; age++) {
      sum += (bits >>> age & 1) * (1_250 - 25 * age);
    }
    return sum;
  }
}
