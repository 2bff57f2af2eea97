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

  /** As a new installation has it. */
  public static final ClockRules DEFAULT = new ClockRules(2_000, 10_000, 30_000);
}
