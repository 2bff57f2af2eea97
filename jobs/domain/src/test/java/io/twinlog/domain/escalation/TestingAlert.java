// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls the rules of one alert in the order in which a job's operator calls them. */
final class TestingAlert {
  static final String KEY = "a-key";
  static final long LOG_TIME = 1_767_225_600_000L;
  static final Author ANNA = new Author("anna", "on it");

  private final Map<Long, Policies> published = new TreeMap<>(Map.of(0L, Policies.DEFAULT));
  private Alert alert = new Alert(AlertRules.DEFAULT, Policies.DEFAULT, published::get);
  private int errors;

  AlertState state = alert.initial(KEY);
  AlertVitals vitals = alert.initialVitals();
  final List<Recorded<AlertEvent>> log = new ArrayList<>();

  /** From here on others are in force. */
  void publish(Policies policies) {
    published.put(policies.version(), policies);
    alert = new Alert(AlertRules.DEFAULT, policies, published::get);
  }

  static Moment at(long clock) {
    return new Moment(clock, LOG_TIME + clock);
  }

  /** An error at a clock. What follows from it. */
  List<AlertEvent> fails(long now, Severity severity) {
    return hears(
        now,
        new ErrorReported(
            "e-" + ++errors,
            "d-1",
            "hot",
            severity,
            "it is hot",
            new TreeMap<>(Map.of("site", "s-1")),
            LOG_TIME + now));
  }

  /** The source is offline. What follows from it. */
  List<AlertEvent> isOffline(long now) {
    return hears(
        now,
        new AlertCommand.StateReported(
            "o-" + ++errors,
            "d-1",
            "device.offline",
            "offline: timeout",
            new TreeMap<>(Map.of("site", "s-1")),
            LOG_TIME + now));
  }

  List<AlertEvent> hears(long now, AlertCommand command) {
    return ((Decision.Accepted<AlertEvent>) decides(now, command)).events();
  }

  /** First the deadlines before it. */
  Decision<AlertEvent> decides(long now, AlertCommand command) {
    passes(now);
    if (alert.touchesOnlyVitals(vitals, command, at(now))) {
      vitals = alert.observe(vitals, command, List.of(), at(now));
      return Decision.accepted(List.of());
    }
    Decision<AlertEvent> decision = alert.decide(state, vitals, command, at(now));
    if (decision instanceof Decision.Accepted<AlertEvent> accepted) {
      accepted
          .events()
          .forEach(event -> record(event, alert.circumstance(command, event, at(now)), now));
      vitals = alert.observe(vitals, command, accepted.events(), at(now));
      if (!accepted.events().isEmpty()) {
        vitals = alert.projected(vitals, at(now));
      }
    }
    return decision;
  }

  /** Nothing comes until this clock. */
  void passes(long until) {
    while (alert.deadline(vitals) < until && !alert.ended(state)) {
      long deadline = alert.deadline(vitals);
      List<AlertEvent> events = alert.atDeadline(state, vitals, at(deadline));
      events.forEach(
          event -> record(event, new Circumstance(LOG_TIME + deadline, Cause.TIMEOUT), deadline));
      vitals = alert.afterDeadline(vitals, events);
      if (!events.isEmpty() || alert.projectionDue(vitals, at(deadline))) {
        vitals = alert.projected(vitals, at(deadline));
      }
      assertThat(!events.isEmpty() || alert.deadline(vitals) > deadline)
          .as("something comes of %d", deadline)
          .isTrue();
    }
  }

  private void record(AlertEvent event, Circumstance why, long now) {
    if (!log.isEmpty()) {
      assertThat(now).as("the log goes forward").isGreaterThanOrEqualTo(clock());
    }
    Recorded<AlertEvent> recorded =
        new Recorded<>(state.version() + 1, at(now), why.occurredAt(), why.cause(), event);
    state = alert.evolve(state, recorded);
    vitals = alert.mirror(vitals, state, at(now));
    log.add(recorded);
  }

  private long clock() {
    return log.get(log.size() - 1).at().clock();
  }

  List<AlertEvent> events() {
    return log.stream().map(Recorded::event).toList();
  }

  /** {@code clock event} of each event of this kind. */
  List<Long> clocksOf(Class<? extends AlertEvent> kind) {
    return log.stream()
        .filter(recorded -> kind.isInstance(recorded.event()))
        .map(recorded -> recorded.at().clock())
        .toList();
  }

  AlertState folded() {
    AlertState folded = alert.initial(KEY);
    for (Recorded<AlertEvent> recorded : log) {
      folded = alert.evolve(folded, recorded);
    }
    return folded;
  }

  boolean waits() {
    return alert.deadline(vitals) != Aggregate.NEVER;
  }

  boolean ended() {
    return alert.ended(state);
  }

  boolean isNothing() {
    return alert.isNothing(state, vitals);
  }

  boolean isProjectionDue(long now) {
    return alert.projectionDue(vitals, at(now));
  }

  void projected(long now) {
    vitals = alert.projected(vitals, at(now));
  }
}
