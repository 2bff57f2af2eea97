// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static io.twinlog.domain.Aggregate.NEVER;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertEvent.Raised;
import io.twinlog.domain.escalation.AlertEvent.RecoveryFailed;
import io.twinlog.domain.escalation.AlertEvent.RecoveryRequested;
import io.twinlog.domain.escalation.AlertEvent.Reminded;
import io.twinlog.domain.escalation.AlertEvent.SnoozeEnded;
import io.twinlog.domain.escalation.AlertEvent.StepTaken;
import io.twinlog.domain.escalation.AlertEvent.Why;
import io.twinlog.domain.escalation.AlertState.Attempts;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.Policy.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What time alone does to an alert that nobody deals with, by the policies that it keeps to: steps,
 * attempts to recover, the next level, reminders. Clocks are in ms.
 */
final class Ladder {
  private final Policies policies;
  private final AlertState state;
  private final Policy policy;

  Ladder(Policies policies, AlertState state) {
    this.policies = policies;
    this.state = state;
    this.policy = policies.of(state.level());
  }

  /** The clock at which something is due; {@link io.twinlog.domain.Aggregate#NEVER}: nothing. */
  long next() {
    long attempt = state.phase().isLive() ? attemptDue() : NEVER;
    if (state.snoozedUntil() > 0) {
      return Math.min(attempt, state.snoozedUntil());
    }
    return switch (state.phase()) {
      case OPEN ->
          Math.min(Math.min(attempt, stepDue()), Math.min(acknowledgementDue(), reminderDue()));
      case ACKNOWLEDGED -> attempt;
      case LATCHED -> reminderDue();
      case PENDING -> state.awaitedUntil();
      case NONE, RESOLVED, FORGOTTEN -> NEVER;
    };
  }

  private long stepDue() {
    List<Step> steps = policy.steps();
    return state.steps() < steps.size()
        ? state.levelSince() + steps.get(state.steps()).after()
        : NEVER;
  }

  private long acknowledgementDue() {
    return policy.acknowledgeWithin() > 0 && state.level() != Severity.CRITICAL
        ? state.levelSince() + policy.acknowledgeWithin()
        : NEVER;
  }

  /** Of a level nobody is reminded before it began. */
  private long reminderDue() {
    return policy.remindEvery() > 0 && !state.target().isEmpty()
        ? Math.max(state.toldAt(), state.levelSince()) + policy.remindEvery()
        : NEVER;
  }

  private long attemptDue() {
    Attempts attempts = state.recovery();
    if (attempts.number() == 0 || attempts.over() || policy.recovery().attempts() == 0) {
      return NEVER;
    }
    return attempts.running()
        ? attempts.at() + policy.recovery().answerWithin()
        : attempts.at() + policy.recovery().backoff(attempts.number());
  }

  /** What follows at that clock, one thing after the other; empty: nothing of the ladder is due. */
  List<AlertEvent> at(long clock) {
    boolean live = state.phase().isLive();
    if (live && attemptDue() <= clock) {
      int attempt = state.recovery().number();
      return state.recovery().running()
          ? failed(attempt, "")
          : List.of(new RecoveryRequested(attempt + 1));
    }
    if (state.snoozedUntil() > 0) {
      return state.snoozedUntil() <= clock ? List.of(new SnoozeEnded()) : List.of();
    }
    boolean open = state.phase() == Phase.OPEN;
    if (open && stepDue() <= clock) {
      return List.of(step(state.level(), policy, state.steps()));
    }
    if (open && acknowledgementDue() <= clock) {
      return raised(up(state.level()), Why.UNACKNOWLEDGED, "");
    }
    if ((open || state.phase() == Phase.LATCHED) && reminderDue() <= clock) {
      return List.of(new Reminded(state.target()));
    }
    return List.of();
  }

  /** An attempt to recover has failed; the last one has consequences. */
  List<AlertEvent> failed(int attempt, String eventId) {
    boolean last = attempt >= policy.recovery().attempts();
    List<AlertEvent> events = new ArrayList<>();
    events.add(new RecoveryFailed(attempt, eventId, last));
    if (last && state.level() != Severity.CRITICAL) {
      events.addAll(raised(up(state.level()), Why.NOT_RECOVERED, eventId));
    } else if (last && state.phase() == Phase.OPEN && !state.target().isEmpty()) {
      events.add(new Reminded(state.target()));
    }
    return events;
  }

  /** It goes up, and what the level asks for at once follows. */
  List<AlertEvent> raised(Severity to, Why why, String eventId) {
    List<AlertEvent> events = new ArrayList<>();
    events.add(new Raised(to, why, eventId));
    events.addAll(begun(policies.of(to), to, state.recovery().number()));
    return events;
  }

  /** What a level asks for at once. */
  static List<AlertEvent> begun(Policy policy, Severity level, int attempts) {
    List<AlertEvent> events = new ArrayList<>();
    for (int i = 0; i < policy.steps().size() && policy.steps().get(i).after() == 0; i++) {
      events.add(step(level, policy, i));
    }
    if (attempts == 0 && policy.recovery().attempts() > 0) {
      events.add(new RecoveryRequested(1));
    }
    return events;
  }

  private static StepTaken step(Severity level, Policy policy, int number) {
    Step step = policy.steps().get(number);
    return new StepTaken(level, number, step.target(), step.urgent());
  }

  /** One level up. */
  static Severity up(Severity level) {
    return Severity.values()[level.ordinal() + 1];
  }
}
