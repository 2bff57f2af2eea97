// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The alerts of one source and code by the rules alone, as the job's shell drives them: each
 * deadline before what is later than it, where its caller sees to that. It knows no repeats; who
 * gives it what is heard, in the order of its clock, drops them.
 */
public final class AlertLife {
  private final AlertRules rules;
  private final LongFunction<EscalationRules> byVersion;
  private final Witness witness;
  private final String key;
  private AlertState state;
  private AlertVitals vitals = AlertVitals.NONE;
  private long version;

  /** Of the newest that was heard or has passed: what deadlines are dated by. */
  private Moment newest = new Moment(0, 0);

  /** Who is told what comes of it, one after the other. */
  public interface Witness {
    /**
     * Something happened.
     *
     * @param rules version in force at it
     */
    void happened(AlertState before, Recorded<AlertEvent> recorded, AlertState after, long rules);

    /** What those who tell people hear of it. */
    void told(String key, AlertNews news, Moment at);
  }

  /**
   * @param byVersion rules by their version
   */
  public AlertLife(
      String key, AlertRules rules, LongFunction<EscalationRules> byVersion, Witness witness) {
    this.key = key;
    this.rules = rules;
    this.byVersion = byVersion;
    this.witness = witness;
    this.state = AlertState.none(key);
  }

  /** As the last thing that was heard, or passed, left it. */
  public AlertState state() {
    return state;
  }

  private Alert alert() {
    return new Alert(
        rules, byVersion.apply(version).policies(), v -> byVersion.apply(v).policies());
  }

  /**
   * It hears something; the deadlines before it have {@linkplain #pass passed}.
   *
   * @param inForce version of the rules
   * @return why it is refused; empty: it is not
   */
  public List<Reason> hear(AlertCommand command, Moment now, long inForce) {
    if (state.phase() == AlertState.Phase.FORGOTTEN) {
      state = AlertState.none(key);
      vitals = AlertVitals.NONE;
    }
    refuse(now, inForce);
    Alert alert = alert();
    List<AlertEvent> events = List.of();
    AlertState before = state;
    if (!alert.touchesOnlyVitals(vitals, command, now)) {
      Decision<AlertEvent> decision = alert.decide(state, vitals, command, now);
      if (decision instanceof Decision.Refused<AlertEvent> refused) {
        return refused.reasons();
      }
      events = ((Decision.Accepted<AlertEvent>) decision).events();
      events.forEach(event -> record(alert, event, now, alert.circumstance(command, event, now)));
    }
    vitals = alert.observe(vitals, command, events, now);
    tell(alert, before, events, now);
    return List.of();
  }

  /** It is asked for something that is refused before the rules see it: time has come so far. */
  public void refuse(Moment now, long inForce) {
    version = Math.max(version, inForce);
    newest = now.clock() >= newest.clock() ? now : newest;
  }

  /** Time passes: every deadline before this clock. */
  public void pass(long limit) {
    Alert alert = alert();
    while (!alert.ended(state) && alert.deadline(vitals) < limit) {
      Moment now = newest.atClock(alert.deadline(vitals));
      newest = now.clock() > newest.clock() ? now : newest;
      AlertState before = state;
      List<AlertEvent> events = alert.atDeadline(state, vitals, now);
      Circumstance timeout = new Circumstance(now.logTime(), Cause.TIMEOUT);
      events.forEach(event -> record(alert, event, now, timeout));
      vitals = alert.afterDeadline(vitals, events);
      tell(alert, before, events, now);
    }
  }

  private void record(Alert alert, AlertEvent event, Moment now, Circumstance why) {
    AlertState before = state;
    Recorded<AlertEvent> recorded =
        new Recorded<>(state.version() + 1, now, why.occurredAt(), why.cause(), event);
    state = alert.evolve(state, recorded);
    vitals = alert.mirror(vitals, state, now);
    witness.happened(before, recorded, state, version);
  }

  private void tell(Alert alert, AlertState before, List<AlertEvent> events, Moment now) {
    if (events.isEmpty() && !alert.projectionDue(vitals, now)) {
      return;
    }
    news(before, events).ifPresent(news -> witness.told(key, news, now));
    vitals = alert.projected(vitals, now);
  }

  private Optional<AlertNews> news(AlertState before, List<AlertEvent> events) {
    long gone = AlertNews.gone(before, state);
    return state.isShown() || gone > 0
        ? Optional.of(
            new AlertNews(
                state,
                vitals.count(),
                vitals.lastAt(),
                AlertNews.calls(events),
                gone,
                byVersion.apply(state.policies()).grouping()))
        : Optional.empty();
  }
}
