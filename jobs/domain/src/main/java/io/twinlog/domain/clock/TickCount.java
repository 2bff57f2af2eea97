// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.clock;

/**
 * The count of one clock after its last tick: how far it is, and what is left of its standing
 * still. It reads no time; it is told how much has passed.
 *
 * <p>Time passes only as far as ticks show it: one tick adds what really passed, at most {@link
 * ClockRules#maxStep}. Where it stands still it still moves by a millisecond a tick, as readers
 * ignore a tick that does not advance, and would miss its wall clock.
 *
 * @param clock milliseconds counted
 * @param wall wall clock of the last tick
 * @param outage the newest
 * @param grace what is left of standing still
 */
public record TickCount(ClockRules rules, long clock, long wall, Outage outage, long grace) {
  /** Before the first tick of an installation. */
  public static TickCount fresh(ClockRules rules, long wall) {
    return new TickCount(rules, 0, wall, Outage.NONE, 0);
  }

  /** Goes on from a tick of an earlier clock; a grace that it was in goes on, too. */
  public static TickCount from(ClockRules rules, long clock, long wall, Outage outage) {
    long passed = Math.max(0, wall - outage.ended());
    long grace = outage.equals(Outage.NONE) ? 0 : Math.max(0, rules.resumeGrace() - passed);
    return new TickCount(rules, clock, wall, outage, grace);
  }

  /** What has passed by the wall clock; for the first tick after a start, which knows no better. */
  public long sinceLast(long wallNow) {
    return Math.max(0, wallNow - wall);
  }

  /** Whether so long without a tick is an outage. */
  public boolean isOutage(long elapsed) {
    return elapsed > rules.maxGap();
  }

  /**
   * The next tick.
   *
   * @param elapsed milliseconds since the last one, by a clock that never steps
   */
  public TickCount next(long elapsed, long wallNow) {
    if (isOutage(elapsed)) {
      Outage noticed = new Outage(clock + 1, wall, wallNow);
      return new TickCount(rules, clock + 1, wallNow, noticed, rules.resumeGrace());
    }
    long standing = Math.min(grace, elapsed);
    long step = Math.max(1, Math.min(elapsed - standing, rules.maxStep()));
    return new TickCount(rules, clock + step, wallNow, outage, grace - standing);
  }
}
