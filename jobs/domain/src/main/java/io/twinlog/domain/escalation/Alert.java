// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Acknowledge;
import io.twinlog.domain.escalation.AlertCommand.Assign;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.Resolve;
import io.twinlog.domain.escalation.AlertCommand.Snooze;
import io.twinlog.domain.escalation.AlertEvent.Acknowledged;
import io.twinlog.domain.escalation.AlertEvent.Assigned;
import io.twinlog.domain.escalation.AlertEvent.Forgotten;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Latched;
import io.twinlog.domain.escalation.AlertEvent.Opened;
import io.twinlog.domain.escalation.AlertEvent.Raised;
import io.twinlog.domain.escalation.AlertEvent.RecoverySucceeded;
import io.twinlog.domain.escalation.AlertEvent.Resolved;
import io.twinlog.domain.escalation.AlertEvent.Returned;
import io.twinlog.domain.escalation.AlertEvent.Snoozed;
import io.twinlog.domain.escalation.AlertEvent.Why;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.Policy.Repeats;
import java.util.ArrayList;
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

  /**
   * @param current policies of alerts that open
   * @param byVersion those that running ones keep to
   */
  public Alert(AlertRules rules, Policies current, LongFunction<Policies> byVersion) {
    this.rules = rules;
    this.current = current;
    this.byVersion = byVersion;
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
    if (!(command instanceof ErrorReported error) || vitals.phase() == Phase.LATCHED) {
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

  private static boolean isTooOften(AlertVitals vitals, Repeats repeats, Moment now) {
    return repeats.count() > 0 && repeated(vitals, now) >= repeats.count();
  }

  @Override
  public Decision<AlertEvent> decide(
      AlertState state, AlertVitals vitals, AlertCommand command, Moment now) {
    if (command instanceof ErrorReported error) {
      return Decision.accepted(error(state, vitals, error, now));
    } else if (command instanceof CauseGone gone) {
      return Decision.accepted(
          state.phase().isLive() ? over(state, How.RECOVERED, gone.eventId()) : List.of());
    } else if (command instanceof RecoveryEnded ended) {
      return Decision.accepted(recovery(state, ended));
    } else if (command instanceof OfPerson ofPerson) {
      return person(state, ofPerson, now);
    }
    throw new IllegalStateException("no rule for " + command);
  }

  private List<AlertEvent> error(
      AlertState state, AlertVitals vitals, ErrorReported error, Moment now) {
    boolean often = isTooOften(vitals, policy(vitals, error.severity()).repeats(), now);
    return switch (state.phase()) {
      case NONE, RESOLVED, FORGOTTEN -> opened(error, often);
      case OPEN, ACKNOWLEDGED -> again(state, error, often);
      case LATCHED -> {
        List<AlertEvent> events = new ArrayList<>();
        events.add(new Returned(error.eventId()));
        events.addAll(again(state, error, false));
        yield events;
      }
    };
  }

  private List<AlertEvent> opened(ErrorReported error, boolean often) {
    Severity level = error.severity();
    boolean climbs = often && !current.of(level).alerts() && level != Severity.CRITICAL;
    level = climbs ? Ladder.up(level) : level;
    Policy policy = current.of(level);
    if (!policy.alerts()) {
      return List.of();
    }
    List<AlertEvent> events = new ArrayList<>();
    events.add(new Opened(error, level, current.version()));
    events.addAll(Ladder.begun(policy, level, 0));
    return events;
  }

  /** One more error of an alert that is there; who has acknowledged it is not told of repeats. */
  private List<AlertEvent> again(AlertState state, ErrorReported error, boolean often) {
    if (error.severity().compareTo(state.level()) > 0) {
      return ladder(state).raised(error.severity(), Why.WORSE, error.eventId());
    }
    boolean climbs = state.phase() == Phase.OPEN && state.level() != Severity.CRITICAL;
    return often && climbs
        ? ladder(state).raised(Ladder.up(state.level()), Why.REPEATED, error.eventId())
        : List.of();
  }

  /** Its cause is gone: it is over, unless somebody has to have seen it. */
  private List<AlertEvent> over(AlertState state, How how, String eventId) {
    boolean owed =
        state.phase() == Phase.OPEN && policies(state.policies()).of(state.level()).latches();
    return List.of(owed ? new Latched(eventId) : new Resolved(how, Resolved.NOBODY));
  }

  /** Of an attempt that is not the one that runs it says nothing. */
  private List<AlertEvent> recovery(AlertState state, RecoveryEnded ended) {
    boolean running =
        state.phase().isLive()
            && state.opening() == ended.opening()
            && state.recovery().running()
            && state.recovery().number() == ended.attempt();
    if (!running) {
      return List.of();
    }
    if (!ended.succeeded()) {
      return ladder(state).failed(ended.attempt(), ended.eventId());
    }
    List<AlertEvent> events = new ArrayList<>();
    events.add(new RecoverySucceeded(ended.attempt(), ended.eventId()));
    events.addAll(over(state, How.RECOVERED, ended.eventId()));
    return events;
  }

  private Decision<AlertEvent> person(AlertState state, OfPerson command, Moment now) {
    if (!state.phase().isActive() || state.opening() != command.opening()) {
      return Decision.refused(
          "unknown_alert",
          "aggregate_id",
          "%s-%d is no alert that is there: it never was, or is over"
              .formatted(state.key(), command.opening()));
    }
    if (command instanceof Acknowledge acknowledge) {
      return Decision.accepted(
          switch (state.phase()) {
            case OPEN -> List.of(new Acknowledged(acknowledge.by()));
            case LATCHED ->
                List.of(
                    new Acknowledged(acknowledge.by()),
                    new Resolved(How.ACKNOWLEDGED, acknowledge.by()));
            case ACKNOWLEDGED, NONE, RESOLVED, FORGOTTEN -> List.<AlertEvent>of();
          });
    } else if (command instanceof Resolve resolve) {
      return Decision.accepted(List.of(new Resolved(How.COMMAND, resolve.by())));
    } else if (command instanceof Assign assign) {
      boolean same = assign.assignee().equals(state.assignee());
      return Decision.accepted(
          same ? List.of() : List.of(new Assigned(assign.assignee(), assign.by())));
    } else if (command instanceof Snooze snooze) {
      return snooze(state, snooze, now);
    }
    throw new IllegalStateException("no rule for " + command);
  }

  private static Decision<AlertEvent> snooze(AlertState state, Snooze snooze, Moment now) {
    if (state.phase() == Phase.ACKNOWLEDGED) {
      return Decision.refused(
          "invalid_command", "command", "it is acknowledged: nobody is told of it any more");
    }
    if (snooze.forMillis() <= 0) {
      return Decision.refused("invalid_command", "data.for_ms", "must be above 0");
    }
    return Decision.accepted(List.of(new Snoozed(now.clock() + snooze.forMillis(), snooze.by())));
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
    if (!(command instanceof ErrorReported error)) {
      return vitals;
    }
    int repeated = repeated(vitals, now);
    boolean opened = events.stream().anyMatch(Opened.class::isInstance);
    boolean climbed = events.stream().anyMatch(Raised.class::isInstance);
    long count = opened ? repeated : vitals.phase().isActive() ? vitals.count() + 1 : 0;
    AlertVitals counted = vitals.counted(count, error.occurredAt(), now.clock());
    if (opened || climbed) {
      // What brought it here does not count once more.
      return counted.window(0, 0);
    }
    long within = policy(vitals, error.severity()).repeats().within();
    return counted.window(
        repeated == 1 ? now.clock() + within : vitals.windowEnds(), within == 0 ? 0 : repeated);
  }

  @Override
  public AlertVitals mirror(AlertVitals vitals, AlertState state, Moment now) {
    long next =
        state.phase() == Phase.RESOLVED
            ? state.resolvedAt() + rules.retention()
            : ladder(state).next();
    return vitals.of(state, next, now.clock());
  }

  @Override
  public long deadline(AlertVitals vitals) {
    if (vitals.phase() == Phase.NONE) {
      return vitals.inWindow() > 0 ? vitals.windowEnds() : NEVER;
    }
    return Math.min(vitals.next(), quiet(vitals));
  }

  private long quiet(AlertVitals vitals) {
    if (!vitals.phase().isLive()) {
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
      return List.of(new Forgotten());
    }
    List<AlertEvent> events = ladder(state).at(now.clock());
    return events.isEmpty() ? over(state, How.QUIET, "") : events;
  }

  /** The errors that were too few to count are forgotten. */
  @Override
  public AlertVitals afterDeadline(AlertVitals vitals, List<AlertEvent> events) {
    return events.isEmpty() ? vitals.window(0, 0) : vitals;
  }

  @Override
  public boolean projectionDue(AlertVitals vitals, Moment now) {
    return vitals.phase().isActive()
        && vitals.lastClock() > vitals.published()
        && now.clock() - vitals.published() >= rules.refresh();
  }

  @Override
  public AlertVitals projected(AlertVitals vitals, Moment now) {
    return vitals.publishedAt(now.clock());
  }

  @Override
  public boolean ended(AlertState state) {
    return state.phase() == Phase.FORGOTTEN;
  }
}
