// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertEvent.Acknowledged;
import io.twinlog.domain.escalation.AlertEvent.Assigned;
import io.twinlog.domain.escalation.AlertEvent.Averted;
import io.twinlog.domain.escalation.AlertEvent.Awaited;
import io.twinlog.domain.escalation.AlertEvent.Forgotten;
import io.twinlog.domain.escalation.AlertEvent.Latched;
import io.twinlog.domain.escalation.AlertEvent.Opened;
import io.twinlog.domain.escalation.AlertEvent.Raised;
import io.twinlog.domain.escalation.AlertEvent.RecoveryFailed;
import io.twinlog.domain.escalation.AlertEvent.RecoveryRequested;
import io.twinlog.domain.escalation.AlertEvent.RecoverySucceeded;
import io.twinlog.domain.escalation.AlertEvent.Reminded;
import io.twinlog.domain.escalation.AlertEvent.Resolved;
import io.twinlog.domain.escalation.AlertEvent.Returned;
import io.twinlog.domain.escalation.AlertEvent.SnoozeEnded;
import io.twinlog.domain.escalation.AlertEvent.Snoozed;
import io.twinlog.domain.escalation.AlertEvent.StepTaken;
import io.twinlog.domain.escalation.AlertState.Attempts;
import io.twinlog.domain.escalation.AlertState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What an event makes of an alert. The fields are those of the next state; it is used once. */
final class AlertFold {
  private final AlertState before;
  private final Recorded<AlertEvent> recorded;
  private final long clock;
  private long opening;
  private Phase phase;
  private String source;
  private String code;
  private String message;
  private Severity severity;
  private Severity level;
  private long levelSince;
  private int steps;
  private long policies;
  private SortedMap<String, String> labels;
  private List<String> causes;
  private long firstAt;
  private long toldAt;
  private String target;
  private String assignee;
  private long snoozedAt;
  private long snoozedUntil;
  private Attempts recovery;
  private long resolvedAt;
  private long awaitedUntil;

  private AlertFold(AlertState before, Recorded<AlertEvent> recorded) {
    this.before = before;
    this.recorded = recorded;
    this.clock = recorded.at().clock();
    opening = before.opening();
    phase = before.phase();
    source = before.source();
    code = before.code();
    message = before.message();
    severity = before.severity();
    level = before.level();
    levelSince = before.levelSince();
    steps = before.steps();
    policies = before.policies();
    labels = before.labels();
    causes = before.causes();
    firstAt = before.firstAt();
    toldAt = before.toldAt();
    target = before.target();
    assignee = before.assignee();
    snoozedAt = before.snoozedAt();
    snoozedUntil = before.snoozedUntil();
    recovery = before.recovery();
    resolvedAt = before.resolvedAt();
    awaitedUntil = before.awaitedUntil();
  }

  static AlertState evolve(AlertState before, Recorded<AlertEvent> recorded) {
    AlertFold fold = new AlertFold(before, recorded);
    fold.apply(recorded.event());
    return fold.state();
  }

  private void apply(AlertEvent event) {
    if (event instanceof Opened opened) {
      open(opened);
    } else if (event instanceof Awaited awaited) {
      opening = 0;
      told(awaited.error());
      phase = Phase.PENDING;
      policies = awaited.policies();
      awaitedUntil = awaited.until();
    } else if (event instanceof Averted) {
      phase = Phase.RESOLVED;
      resolvedAt = clock;
      awaitedUntil = 0;
    } else if (event instanceof Raised raised) {
      raise(raised);
    } else if (event instanceof StepTaken step) {
      steps = step.number() + 1;
      toldTo(step.target());
    } else if (event instanceof Reminded reminded) {
      toldTo(reminded.target());
    } else if (event instanceof Acknowledged acknowledged) {
      phase = Phase.ACKNOWLEDGED;
      assignee = assignee.isEmpty() ? acknowledged.by().name() : assignee;
      snoozedUntil = 0;
    } else if (event instanceof Latched) {
      phase = Phase.LATCHED;
      recovery = over(recovery);
    } else if (event instanceof Returned returned) {
      phase = Phase.OPEN;
      caused(returned.eventId());
    } else if (event instanceof Assigned assigned) {
      assignee = assigned.assignee();
    } else if (event instanceof Snoozed snoozed) {
      if (snoozedUntil > 0) {
        wake();
      }
      snoozedAt = clock;
      snoozedUntil = snoozed.until();
    } else if (event instanceof SnoozeEnded) {
      wake();
    } else if (event instanceof Resolved) {
      phase = Phase.RESOLVED;
      resolvedAt = clock;
      snoozedUntil = 0;
      recovery = over(recovery);
    } else if (event instanceof Forgotten) {
      phase = Phase.FORGOTTEN;
    } else {
      recover(event);
    }
  }

  private void recover(AlertEvent event) {
    if (event instanceof RecoveryRequested requested) {
      recovery = new Attempts(requested.attempt(), true, clock, false);
    } else if (event instanceof RecoveryFailed failed) {
      recovery = new Attempts(failed.attempt(), false, clock, failed.last());
    } else if (event instanceof RecoverySucceeded succeeded) {
      recovery = new Attempts(succeeded.attempt(), false, clock, true);
    } else {
      throw new IllegalStateException("no rule for " + event);
    }
  }

  private void open(Opened opened) {
    AlertState none = AlertState.none(before.key());
    opening = recorded.version();
    told(opened.error());
    phase = Phase.OPEN;
    level = opened.level();
    levelSince = clock;
    steps = 0;
    policies = opened.policies();
    toldAt = none.toldAt();
    target = none.target();
    assignee = none.assignee();
    snoozedUntil = none.snoozedUntil();
    recovery = none.recovery();
    resolvedAt = none.resolvedAt();
    awaitedUntil = none.awaitedUntil();
  }

  private void told(ErrorReported error) {
    source = error.source();
    code = error.code();
    message = error.message();
    severity = error.severity();
    labels = error.labels();
    causes = List.of(error.eventId());
    firstAt = error.occurredAt();
  }

  private void raise(Raised raised) {
    phase = Phase.OPEN;
    level = raised.to();
    levelSince = clock;
    steps = 0;
    if (raised.why() == AlertEvent.Why.WORSE) {
      severity = raised.to();
    }
    // What is worse is told at once.
    snoozedUntil = 0;
    caused(raised.eventId());
  }

  /** The ladder stood still meanwhile. */
  private void wake() {
    long slept = clock - snoozedAt;
    levelSince += slept;
    toldAt += slept;
    snoozedUntil = 0;
  }

  private void toldTo(String whom) {
    toldAt = clock;
    target = whom;
  }

  private void caused(String eventId) {
    if (eventId.isEmpty()) {
      return;
    }
    List<String> more = new ArrayList<>(causes);
    if (more.size() == AlertState.CAUSES_MAX) {
      // The first one opened it.
      more.remove(1);
    }
    more.add(eventId);
    causes = more;
  }

  private static Attempts over(Attempts attempts) {
    return new Attempts(attempts.number(), false, attempts.at(), true);
  }

  private AlertState state() {
    return new AlertState(
        before.key(),
        recorded.version(),
        opening,
        phase,
        source,
        code,
        message,
        severity,
        level,
        levelSince,
        steps,
        policies,
        labels,
        causes,
        firstAt,
        toldAt,
        target,
        assignee,
        snoozedAt,
        snoozedUntil,
        recovery,
        resolvedAt,
        awaitedUntil);
  }
}
