// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.clock;

/**
 * How the clock counts, in milliseconds.
 *
 * @param maxStep one tick adds at most this
 * @param maxGap more than this between two ticks is an outage
 * @param resumeGrace how long the clock stands still after one, so that devices can reconnect
 */
public record ClockRules(long maxStep, long maxGap, long resumeGrace)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  /** Three hundred thousand years; sums of it and any duration do not overflow. */
  private static final long CLOCK_MAX = 10_000_000_000_000_000L;

  /** More often no clock is started. */
  private static final int EPOCH_MAX = 1_000_000_000;

  /** As a new installation has it. */
  public static final ClockRules DEFAULT = new ClockRules(2_000, 10_000, 30_000);

  /** Whether a clock can ever come so far; if not, no clock wrote it. */
  public static boolean isReachable(int epoch, long clock) {
    return epoch >= 0 && epoch <= EPOCH_MAX && clock >= 0 && clock <= CLOCK_MAX;
  }
}
