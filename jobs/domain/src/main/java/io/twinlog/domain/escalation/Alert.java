// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.domain.escalation.AlertEvent.Forgotten;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Opened;
import io.twinlog.domain.escalation.AlertEvent.Raised;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.Policy.Repeats;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The aggregate of what is wrong with one source in one way. Errors fold into one alert, which
 * climbs by its policies until it is acknowledged or over; then the next error opens another one.
 * Most errors only count: they move the vitals.
 */
public final class Alert implements Aggregate<AlertState, AlertVitals, AlertCommand, AlertEvent> {
  private final AlertRules rules;
  private final Policies current;
  private final LongFunction<Policies> byVersion;
  private final AlertReports reports;

  /**
   * @param current policies of alerts that open
   * @param byVersion those that running ones keep to
   */
  public Alert(AlertRules rules, Policies current, LongFunction<Policies> byVersion) {
    this.rules = rules;
    this.current = current;
    this.byVersion = byVersion;
    this.reports = new AlertReports(current, this::policies);
  }

  @Override
  public AlertState initial(String key) {
    return AlertState.none(key);
  }

  @Override
  public AlertVitals initialVitals() {
    return AlertVitals.NONE;
  }

  @Override
  public long version(AlertState state) {
    return state.version();
  }

  private Policies policies(long version) {
    return version == current.version() ? current : byVersion.apply(version);
  }

  private Ladder ladder(AlertState state) {
    return new Ladder(policies(state.policies()), state);
  }

  /** The policy that judges an error, before there is an alert that has one. */
  private Policy policy(AlertVitals vitals, Severity severity) {
    return vitals.phase().isActive()
        ? policies(vitals.policies()).of(vitals.level())
        : current.of(severity);
  }

  @Override
  public boolean touchesOnlyVitals(AlertVitals vitals, AlertCommand command, Moment now) {
    if (command instanceof StateReported said) {
      return vitals.phase() == Phase.NONE && current.trigger(said.code(), said.labels()).isEmpty();
    }
    boolean returns = vitals.phase() == Phase.LATCHED || vitals.phase() == Phase.PENDING;
    if (!(command instanceof ErrorReported error) || returns) {
      return false;
    }
    Policy policy = policy(vitals, error.severity());
    if (!vitals.phase().isLive()) {
      return !policy.alerts() && !isTooOften(vitals, policy.repeats(), now);
    }
    boolean climbs = vitals.phase() == Phase.OPEN && vitals.level() != Severity.CRITICAL;
    return error.severity().compareTo(vitals.level()) <= 0
        && !(climbs && isTooOften(vitals, policy.repeats(), now));
  }

  /** Errors within the window, one that comes now included. */
  private static int repeated(AlertVitals vitals, Moment now) {
    return vitals.inWindow() > 0 && now.clock() < vitals.windowEnds() ? vitals.inWindow() + 1 : 1;
  }

  private boolean isTooOften(AlertVitals vitals, ErrorReported error, Moment now) {
    return isTooOften(vitals, policy(vitals, error.severity()).repeats(), now);
  }

  private static boolean isTooOften(AlertVitals vitals, Repeats repeats, Moment now) {
    return repeats.count() > 0 && repeated(vitals, now) >= repeats.count();
  }

  @Override
  public Decision<AlertEvent> decide(
      AlertState state, AlertVitals vitals, AlertCommand command, Moment now) {
    if (command instanceof ErrorReported error) {
      return Decision.accepted(reports.error(state, error, isTooOften(vitals, error, now)));
    } else if (command instanceof StateReported said) {
      return Decision.accepted(reports.inState(state, said, now));
    } else if (command instanceof CauseGone gone) {
      return Decision.accepted(reports.gone(state, gone));
    } else if (command instanceof RecoveryEnded ended) {
      return Decision.accepted(reports.recovery(state, ended));
    } else if (command instanceof OfPerson ofPerson) {
      return AlertRequests.decide(state, ofPerson, now);
    }
    throw new IllegalStateException("no rule for " + command);
  }

  /** Errors of a source come from several jobs: the frontier tells what is past. */
  @Override
  public boolean isSignOfLife(AlertCommand command) {
    return false;
  }

  @Override
  public Circumstance circumstance(AlertCommand command, AlertEvent event, Moment now) {
    if (command instanceof ErrorReported error) {
      return new Circumstance(error.occurredAt(), Cause.ANNOUNCED);
    } else if (command instanceof StateReported said) {
      return new Circumstance(said.occurredAt(), Cause.ANNOUNCED);
    } else if (command instanceof CauseGone gone) {
      return new Circumstance(gone.occurredAt(), Cause.ANNOUNCED);
    } else if (command instanceof RecoveryEnded ended) {
      return new Circumstance(ended.occurredAt(), Cause.ANNOUNCED);
    }
    return new Circumstance(now.logTime(), Cause.COMMAND);
  }

  @Override
  public AlertState evolve(AlertState state, Recorded<AlertEvent> recorded) {
    return AlertFold.evolve(state, recorded);
  }

  @Override
  public AlertVitals observe(
      AlertVitals vitals, AlertCommand command, List<AlertEvent> events, Moment now) {
    boolean opened = events.stream().anyMatch(Opened.class::isInstance);
    if (command instanceof StateReported said) {
      if (events.isEmpty() && !vitals.phase().isActive()) {
        return vitals;
      }
      AlertVitals lasting = vitals.lasting(true);
      // The mirror of the events is the newer one: what has opened counts from 1.
      return vitals.phase().isActive()
          ? counted(lasting, opened ? 1 : vitals.count() + 1, said.occurredAt(), now)
          : lasting;
    }
    if (!(command instanceof ErrorReported error)) {
      return vitals;
    }
    int repeated = repeated(vitals, now);
    boolean climbed = events.stream().anyMatch(Raised.class::isInstance);
    AlertVitals counted = counted(vitals, error, opened ? repeated : 0, now);
    if (opened || climbed) {
      // What brought it here does not count once more.
      return counted.window(0, 0);
    }
    long within = policy(vitals, error.severity()).repeats().within();
    return counted.window(
        repeated == 1 ? now.clock() + within : vitals.windowEnds(), within == 0 ? 0 : repeated);
  }

  /**
   * With one error more.
   *
   * @param opening errors that it has opened with; 0: it has not
   */
  private AlertVitals counted(AlertVitals vitals, ErrorReported error, int opening, Moment now) {
    if (opening > 0) {
      return counted(vitals.lasting(false), opening, error.occurredAt(), now);
    }
    if (vitals.phase() == Phase.RESOLVED) {
      // It is over, and has what it had.
      return vitals.counted(vitals.count(), vitals.lastAt(), now.clock());
    }
    long count = vitals.phase().isActive() ? vitals.count() + 1 : 0;
    return counted(vitals, count, error.occurredAt(), now);
  }

  private AlertVitals counted(AlertVitals vitals, long count, long occurredAt, Moment now) {
    return vitals
        .counted(count, occurredAt, now.clock())
        .retoldBy(Math.max(now.clock(), vitals.published() + rules.refresh()));
  }

  @Override
  public AlertVitals mirror(AlertVitals vitals, AlertState state, Moment now) {
    long next =
        switch (state.phase()) {
          case RESOLVED -> state.resolvedAt() + rules.retention();
          case PENDING -> state.awaitedUntil();
          case OPEN, ACKNOWLEDGED, LATCHED -> ladder(state).next();
          case NONE, FORGOTTEN -> NEVER;
        };
    return vitals.of(state, next, now.clock());
  }

  @Override
  public long deadline(AlertVitals vitals) {
    return switch (vitals.phase()) {
      case NONE ->
          vitals.lastClock() < 0
              ? NEVER
              : Math.max(vitals.lastClock() + rules.memory(), vitals.windowEnds());
      case PENDING, FORGOTTEN -> vitals.next();
      case OPEN, ACKNOWLEDGED, LATCHED, RESOLVED ->
          Math.min(Math.min(vitals.next(), quiet(vitals)), vitals.retold());
    };
  }

  private long quiet(AlertVitals vitals) {
    if (!vitals.phase().isLive() || vitals.lasts()) {
      return NEVER;
    }
    long quietAfter = policies(vitals.policies()).of(vitals.level()).quietAfter();
    return quietAfter == 0 ? NEVER : vitals.lastClock() + quietAfter;
  }

  @Override
  public List<AlertEvent> atDeadline(AlertState state, AlertVitals vitals, Moment now) {
    if (state.phase() == Phase.NONE) {
      return List.of();
    }
    if (state.phase() == Phase.RESOLVED) {
      return vitals.next() <= now.clock() ? List.of(new Forgotten()) : List.of();
    }
    if (state.phase() == Phase.PENDING) {
      return reports.stayed(state);
    }
    List<AlertEvent> events = ladder(state).at(now.clock());
    if (!events.isEmpty()) {
      return events;
    }
    return quiet(vitals) <= now.clock() ? reports.over(state, How.QUIET, "") : List.of();
  }

  /** Errors that made no alert are forgotten; one that has opened by itself has one. */
  @Override
  public AlertVitals afterDeadline(AlertVitals vitals, List<AlertEvent> events) {
    if (vitals.phase() == Phase.NONE) {
      return AlertVitals.NONE;
    }
    boolean opened = events.stream().anyMatch(Opened.class::isInstance);
    return opened ? vitals.openedAlone() : vitals;
  }

  @Override
  public boolean projectionDue(AlertVitals vitals, Moment now) {
    boolean shown = vitals.phase().isActive() || vitals.phase() == Phase.RESOLVED;
    return shown && vitals.retold() <= now.clock();
  }

  @Override
  public AlertVitals projected(AlertVitals vitals, Moment now) {
    return vitals.publishedAt(now.clock(), now.clock() + rules.rewrite());
  }

  @Override
  public boolean ended(AlertState state) {
    return state.phase() == Phase.FORGOTTEN;
  }
}
