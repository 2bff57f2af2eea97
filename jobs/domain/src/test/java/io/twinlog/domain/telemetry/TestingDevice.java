// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.Forgotten;
import io.twinlog.domain.telemetry.TelemetryFact.Rejected;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls the telemetry of one device in the order in which the job's operator calls it, and keeps
 * what is told. Whatever happens, it sees to it that deadlines move, that the revisions of a window
 * are counted, and that nothing is told of it after its last one.
 */
final class TestingDevice {
  static final String ID = "d-1";
  static final TelemetryLimits LIMITS =
      new TelemetryLimits(8, 64 << 10, 4 << 10, 30 * Quality.DAY, Quality.DAY);

  private static final int DEADLINES_MAX = 100_000;

  private final TelemetryLimits limits;
  private final QualityChecks checks;
  private final TestingForm form = new TestingForm();
  private final TestingWindows windows = new TestingWindows();
  private final Map<String, WindowTold> newest = new HashMap<>();
  private Telemetry telemetry;
  private Moment latest = new Moment(0, 0);

  TelemetryVitals vitals;

  /** All that was told so far. */
  final List<TelemetryFact> facts = new ArrayList<>();

  TestingDevice(QualityRules rules) {
    this(rules, LIMITS, QualityChecks.NONE);
  }

  TestingDevice(QualityRules rules, TelemetryLimits limits, QualityChecks checks) {
    this.limits = limits;
    this.checks = checks;
    rules(rules);
    vitals = telemetry.initialVitals();
  }

  /** From here on these are in force. */
  TestingDevice rules(QualityRules rules) {
    telemetry =
        new Telemetry(
            rules, limits, new Telemetry.Means(new TestingSketches(), form, windows, checks));
    return this;
  }

  /** Says that it is of this model. */
  TestingDevice registered(String model, Moment now) {
    apply(new TelemetryCommand.Registered(model), now);
    return this;
  }

  /**
   * An input: first the deadlines below its clock, then the command. What is told of the latter.
   */
  List<TelemetryFact> apply(TelemetryCommand command, Moment now) {
    return decide(command, now) instanceof Decision.Accepted<TelemetryStep> accepted
            && !accepted.events().isEmpty()
        ? accepted.events().get(0).facts()
        : List.of();
  }

  Decision<TelemetryStep> decide(TelemetryCommand command, Moment now) {
    applyDeadlinesBelow(now.clock());
    Decision<TelemetryStep> decision = Decision.accepted(List.of());
    if (!telemetry.touchesOnlyVitals(vitals, command, now)) {
      decision = telemetry.decide(ID, vitals, command, now);
    }
    if (decision instanceof Decision.Accepted<TelemetryStep> accepted) {
      vitals = telemetry.observe(vitals, command, accepted.events(), now);
      accepted.events().forEach(this::tell);
    }
    latest = now.clock() >= latest.clock() ? now : latest;
    return decision;
  }

  /** Nothing comes until this clock. */
  List<TelemetryFact> silentUntil(Moment now) {
    int before = facts.size();
    applyDeadlinesBelow(now.clock() + 1);
    return List.copyOf(facts.subList(before, facts.size()));
  }

  private void applyDeadlinesBelow(long limit) {
    for (int applied = 0; telemetry.deadline(vitals) < limit; applied++) {
      assertThat(applied).as("deadlines before %d", limit).isLessThan(DEADLINES_MAX);
      long at = telemetry.deadline(vitals);
      Moment moment = latest.atClock(at);
      List<TelemetryStep> steps = telemetry.atDeadline(ID, vitals, moment);
      vitals = telemetry.afterDeadline(vitals, steps);
      steps.forEach(this::tell);
      assertThat(telemetry.deadline(vitals)).as("the deadline after %d", at).isGreaterThan(at);
      latest = at > latest.clock() ? moment : latest;
    }
  }

  private void tell(TelemetryStep step) {
    assertThat(step.after()).isSameAs(vitals);
    for (TelemetryFact fact : step.facts()) {
      facts.add(fact);
      if (fact instanceof WindowTold told) {
        check(told);
      } else if (fact instanceof Forgotten) {
        assertThat(newest.values()).allMatch(WindowTold::last);
        newest.clear();
      }
    }
  }

  private void check(WindowTold told) {
    WindowTold before = newest.put(told.metric() + '/' + told.size() + '/' + told.start(), told);
    assertThat(told.revision())
        .as("%s", told)
        .isEqualTo(before == null ? 1 : before.revision() + 1);
    assertThat(before != null && before.last()).as("%s after %s", told, before).isFalse();
  }

  /** The device never speaks again. What is told of that. */
  List<TelemetryFact> silentForGood() {
    return silentUntil(latest.atClock(latest.clock() + 29 * Quality.DAY));
  }

  boolean waits() {
    return telemetry.deadline(vitals) != Aggregate.NEVER;
  }

  boolean isNothing() {
    return telemetry.isNothing(ID, vitals);
  }

  /** The newest that was told of each window, in the order in which they were first told. */
  List<WindowTold> windows() {
    return List.copyOf(newest.values());
  }

  /** The record that an input became. */
  static ScoredRecord record(List<TelemetryFact> facts) {
    TelemetryFact first = facts.get(0);
    return first instanceof Accepted accepted ? accepted.record() : ((Rejected) first).record();
  }

  /** What it tells of windows, of one size, as {@code metric@start count revision[ last]}. */
  static List<String> told(List<TelemetryFact> facts, WindowSize size) {
    List<String> told = new ArrayList<>();
    for (TelemetryFact fact : facts) {
      if (fact instanceof WindowTold window && window.size() == size) {
        told.add(
            "%s@%d %d r%d%s"
                .formatted(
                    window.metric(),
                    (window.start() - Quality.MIDNIGHT) / size.millis(),
                    window.statistics().count(),
                    window.revision(),
                    window.last() ? " last" : ""));
      }
    }
    return told;
  }
}
