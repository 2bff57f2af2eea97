// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertState.Phase;

/**
 * What every error of an alert touches, and a mirror of what its deadlines need.
 *
 * @param policies version that it keeps to
 * @param next clock at which its ladder next moves; {@link Aggregate#NEVER}
 * @param count errors of the alert
 * @param lastAt event time of the newest of them, epoch ms
 * @param lastClock its clock; -1: there was none
 * @param windowEnds clock until which errors count as repeats
 * @param inWindow how many there were since, this one included; 0: none
 * @param published clock of the last projection
 * @param retold clock of the next one, should nothing else happen
 * @param lasts whether it is about a state of its source, which is over when the source says so,
 *     and not when nothing more is heard
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
    long published,
    long retold,
    boolean lasts) {
  public static final AlertVitals NONE =
      new AlertVitals(
          Phase.NONE, Severity.LOW, 0, Aggregate.NEVER, 0, 0, -1, 0, 0, 0, Aggregate.NEVER, false);

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
        published,
        retold,
        lasts);
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
        published,
        retold,
        lasts);
  }

  AlertVitals window(long ends, int errors) {
    return with(count, ends, errors, published, retold, lasts);
  }

  /** It counts from 1. */
  AlertVitals openedAlone() {
    return with(1, windowEnds, inWindow, published, retold, lasts);
  }

  /** Whether it ends with a state of its source alone. */
  AlertVitals lasting(boolean so) {
    return so == lasts ? this : with(count, windowEnds, inWindow, published, retold, so);
  }

  AlertVitals publishedAt(long clock, long again) {
    return with(count, windowEnds, inWindow, clock, again, lasts);
  }

  /** What has changed is to be told by then. */
  AlertVitals retoldBy(long clock) {
    return clock >= retold ? this : with(count, windowEnds, inWindow, published, clock, lasts);
  }

  private AlertVitals with(
      long countNow,
      long windowEnd,
      int errorsInWindow,
      long publishedAt,
      long retoldAt,
      boolean ofState) {
    return new AlertVitals(
        phase,
        level,
        policies,
        next,
        countNow,
        lastAt,
        lastClock,
        windowEnd,
        errorsInWindow,
        publishedAt,
        retoldAt,
        ofState);
  }
}
