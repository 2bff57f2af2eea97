// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.domain.escalation.AlertEvent.Averted;
import io.twinlog.domain.escalation.AlertEvent.Awaited;
import io.twinlog.domain.escalation.AlertEvent.How;
import io.twinlog.domain.escalation.AlertEvent.Latched;
import io.twinlog.domain.escalation.AlertEvent.Opened;
import io.twinlog.domain.escalation.AlertEvent.RecoverySucceeded;
import io.twinlog.domain.escalation.AlertEvent.Resolved;
import io.twinlog.domain.escalation.AlertEvent.Returned;
import io.twinlog.domain.escalation.AlertEvent.Why;
import io.twinlog.domain.escalation.AlertState.Phase;
import io.twinlog.domain.escalation.Policies.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** What follows from what came in of a source: errors, states, and their ends. */
final class AlertReports {
  private final Policies current;
  private final LongFunction<Policies> policies;

  /**
   * @param current policies of alerts that open
   * @param policies those that running ones keep to, by version
   */
  AlertReports(Policies current, LongFunction<Policies> policies) {
    this.current = current;
    this.policies = policies;
  }

  /**
   * Of an error.
   *
   * @param often whether it is one too many for the level that judges it
   */
  List<AlertEvent> error(AlertState state, ErrorReported error, boolean often) {
    return switch (state.phase()) {
      case NONE, PENDING, RESOLVED, FORGOTTEN -> opened(error, often);
      case OPEN, ACKNOWLEDGED -> again(state, error, often);
      case LATCHED -> {
        List<AlertEvent> events = new ArrayList<>();
        events.add(new Returned(error.eventId()));
        events.addAll(again(state, error, false));
        yield events;
      }
    };
  }

  /** Of a state that nobody asks about nothing follows; else it is an error, now or if it stays. */
  List<AlertEvent> inState(AlertState state, StateReported said, Moment now) {
    if (state.phase().isActive()) {
      return error(state, said.as(state.severity()), false);
    }
    Optional<Trigger> asks =
        state.phase() == Phase.PENDING
            ? Optional.empty()
            : current.trigger(said.code(), said.labels());
    if (asks.isEmpty() || !current.of(asks.get().severity()).alerts()) {
      return List.of();
    }
    ErrorReported error = said.as(asks.get().severity());
    return asks.get().after() == 0
        ? opened(error, false)
        : List.of(new Awaited(error, now.clock() + asks.get().after(), current.version()));
  }

  List<AlertEvent> gone(AlertState state, CauseGone gone) {
    if (state.phase() == Phase.PENDING) {
      return List.of(new Averted(gone.eventId()));
    }
    return state.phase().isLive() ? over(state, How.RECOVERED, gone.eventId()) : List.of();
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
      return new Ladder(policies.apply(state.policies()), state)
          .raised(error.severity(), Why.WORSE, error.eventId());
    }
    boolean climbs = state.phase() == Phase.OPEN && state.level() != Severity.CRITICAL;
    return often && climbs
        ? new Ladder(policies.apply(state.policies()), state)
            .raised(Ladder.up(state.level()), Why.REPEATED, error.eventId())
        : List.of();
  }

  /** Its cause is gone: it is over, unless somebody has to have seen it. */
  List<AlertEvent> over(AlertState state, How how, String eventId) {
    boolean owed =
        state.phase() == Phase.OPEN && policies.apply(state.policies()).of(state.level()).latches();
    return List.of(owed ? new Latched(eventId) : new Resolved(how, Resolved.NOBODY));
  }

  /** Of an attempt that is not the one that runs it says nothing. */
  List<AlertEvent> recovery(AlertState state, RecoveryEnded ended) {
    boolean running =
        state.phase().isLive()
            && state.opening() == ended.opening()
            && state.recovery().running()
            && state.recovery().number() == ended.attempt();
    if (!running) {
      return List.of();
    }
    if (!ended.succeeded()) {
      return new Ladder(policies.apply(state.policies()), state)
          .failed(ended.attempt(), ended.eventId());
    }
    List<AlertEvent> events = new ArrayList<>();
    events.add(new RecoverySucceeded(ended.attempt(), ended.eventId()));
    events.addAll(over(state, How.RECOVERED, ended.eventId()));
    return events;
  }

  /** It opens by the policies that asked for it. */
  List<AlertEvent> stayed(AlertState state) {
    ErrorReported error =
        new ErrorReported(
            state.causes().get(0),
            state.source(),
            state.code(),
            state.severity(),
            state.message(),
            state.labels(),
            state.firstAt());
    List<AlertEvent> events = new ArrayList<>();
    events.add(new Opened(error, state.severity(), state.policies()));
    Policy policy = policies.apply(state.policies()).of(state.severity());
    events.addAll(Ladder.begun(policy, state.severity(), 0));
    return events;
  }
}
