// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertState.Phase;

/**
 * What every error of an alert touches, and a mirror of what its deadlines need.
 *
 * @param policies version that it keeps to
 * @param next clock at which its ladder next moves; {@link io.twinlog.domain.Aggregate#NEVER}
 * @param count errors of the alert
 * @param lastAt event time of the newest of them, epoch ms
 * @param lastClock its clock; -1: there was none
 * @param windowEnds clock until which errors count as repeats
 * @param inWindow how many there were since, this one included; 0: none
 * @param published clock of the last projection
 */
public record AlertVitals(
    Phase phase,
    Severity level,
    long policies,
    long next,
    long count,
    long lastAt,
    long lastClock,
    long windowEnds,
    int inWindow,
    long published) {
  public static final AlertVitals NONE =
      new AlertVitals(
          Phase.NONE, Severity.LOW, 0, io.twinlog.domain.Aggregate.NEVER, 0, 0, -1, 0, 0, 0);

  /** A policy that begins, or begins anew, counts what is quiet from here on. */
  AlertVitals of(AlertState state, long nextDeadline, long clock) {
    boolean moved = state.level() != level || state.phase().isActive() && !phase.isActive();
    return new AlertVitals(
        state.phase(),
        state.level(),
        state.policies(),
        nextDeadline,
        count,
        lastAt,
        moved ? Math.max(lastClock, clock) : lastClock,
        windowEnds,
        inWindow,
        published);
  }

  AlertVitals counted(long countNow, long occurredAt, long clock) {
    return new AlertVitals(
        phase,
        level,
        policies,
        next,
        countNow,
        Math.max(lastAt, occurredAt),
        Math.max(lastClock, clock),
        windowEnds,
        inWindow,
        published);
  }

  AlertVitals window(long ends, int errors) {
    return new AlertVitals(
        phase, level, policies, next, count, lastAt, lastClock, ends, errors, published);
  }

  /** It counts from 1. */
  AlertVitals openedAlone() {
    return new AlertVitals(
        phase, level, policies, next, 1, lastAt, lastClock, windowEnds, inWindow, published);
  }

  AlertVitals publishedAt(long clock) {
    return new AlertVitals(
        phase, level, policies, next, count, lastAt, lastClock, windowEnds, inWindow, clock);
  }
}
