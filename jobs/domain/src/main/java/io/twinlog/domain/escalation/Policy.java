// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.util.List;

/**
 * What follows from an alert while it is at one level. Times are in ms of the clock.
 *
 * @param alerts false: an error is recorded, and no more
 * @param steps in the order of their times
 * @param repeats after which it goes one level up
 * @param acknowledgeWithin without an acknowledgement it goes one level up; 0: it waits
 * @param remindEvery while it is open, after the last step; 0: never
 * @param quietAfter without an error it is resolved; 0: never
 * @param latches whether it stays, when its cause is gone, until somebody acknowledges it
 * @param recovery what is tried by itself
 */
public record Policy(
    boolean alerts,
    List<Step> steps,
    Repeats repeats,
    long acknowledgeWithin,
    long remindEvery,
    long quietAfter,
    boolean latches,
    Recovery recovery) {
  public Policy {
    steps = List.copyOf(steps);
  }

  /**
   * Somebody is told.
   *
   * @param target a name of the rules
   * @param after since the alert came to the level
   */
  public record Step(String target, long after, boolean urgent) {}

  /**
   * So many errors within so long.
   *
   * @param count 0: however many
   */
  public record Repeats(int count, long within) {
    public static final Repeats NEVER = new Repeats(0, 0);
  }

  /**
   * Attempts to bring the source back.
   *
   * @param attempts 0: none
   * @param backoff after the first that failed; it doubles
   * @param answerWithin an attempt of which nothing is heard for so long has failed
   */
  public record Recovery(int attempts, long backoff, long backoffMax, long answerWithin) {
    public static final Recovery NONE = new Recovery(0, 0, 0, 0);

    /** How long to wait after an attempt, counted from 1. */
    long backoff(int attempt) {
      long wait = backoff;
      for (int i = 1; i < attempt && wait < backoffMax; i++) {
        wait *= 2;
      }
      return Math.min(wait, backoffMax);
    }
  }
}
