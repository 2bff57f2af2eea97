// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.cel.Names;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.Policies;
import io.twinlog.domain.escalation.Policy;
import io.twinlog.domain.escalation.Policy.Recovery;
import io.twinlog.domain.escalation.Policy.Repeats;
import io.twinlog.domain.escalation.Policy.Step;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Reads the policy of one level, and finds what in it can never come about. */
final class PolicyReader {
  private static final long DAY = 86_400_000;
  private static final long YEAR = 366 * DAY;
  private static final int REPEATS_MAX = 1_000_000;
  private static final int ATTEMPTS_MAX = 100;

  private final Findings findings;
  private final Values values;
  private final Severity level;
  private final SortedSet<String> targets;

  PolicyReader(Findings findings, Severity level, SortedSet<String> targets) {
    this.findings = findings;
    this.values = new Values(findings);
    this.level = level;
    this.targets = targets;
  }

  Policy read(Section section, Policy base) {
    section.only(
        "alert",
        "steps",
        "repeats",
        "acknowledge_within",
        "remind_every",
        "quiet_after",
        "latch",
        "recovery");
    Policy policy =
        new Policy(
            section.bool("alert", base.alerts()),
            section.has("steps") ? steps(section) : base.steps(),
            section.section("repeats").map(this::repeats).orElse(base.repeats()),
            section.duration("acknowledge_within", 0, YEAR, base.acknowledgeWithin()),
            section.duration("remind_every", 0, YEAR, base.remindEvery()),
            section.duration("quiet_after", 0, YEAR, base.quietAfter()),
            section.bool("latch", base.latches()),
            section
                .section("recovery")
                .map(part -> recovery(part, base.recovery()))
                .orElse(base.recovery()));
    requireEffect(section, policy);
    return policy;
  }

  private List<Step> steps(Section section) {
    List<Step> steps = new ArrayList<>();
    long last = 0;
    for (Value item : section.items("steps", RuleLimits.STEPS_MAX)) {
      Optional<Section> part = Section.of(item, values);
      if (part.isEmpty()) {
        continue;
      }
      part.get().only("target", "after", "urgent");
      Optional<Value> target = part.get().required("target");
      Optional<String> name = target.flatMap(value -> values.name(value, RuleLimits.NAME_MAX));
      name.filter(one -> !targets.contains(one))
          .ifPresent(one -> unknown(target.orElseThrow().spot(), one));
      long after = part.get().duration("after", 0, YEAR, last);
      if (after < last) {
        findings.add(
            item.spot(),
            FindingCode.CONTRADICTION,
            "comes after a step that is taken later: put them in the order of their times");
      }
      last = Math.max(last, after);
      boolean urgent = part.get().bool("urgent", level == Severity.CRITICAL);
      name.ifPresent(one -> steps.add(new Step(one, after, urgent)));
    }
    return steps;
  }

  private void unknown(Spot spot, String target) {
    findings.add(
        spot,
        FindingCode.UNKNOWN_TARGET,
        "there is no target '"
            + target
            + "', only "
            + String.join(", ", targets)
            + Names.hint(target, List.copyOf(targets)));
  }

  private Repeats repeats(Section section) {
    section.only("count", "within");
    int count = section.whole("count", 0, REPEATS_MAX, 0);
    if (count > 0) {
      section.required("within");
    }
    return new Repeats(count, section.duration("within", 1_000, YEAR, 0));
  }

  private Recovery recovery(Section section, Recovery base) {
    section.only("attempts", "backoff", "backoff_max", "answer_within");
    boolean some = base.attempts() > 0;
    Recovery otherwise = some ? base : Policies.DEFAULT.of(Severity.CRITICAL).recovery();
    long backoff = section.duration("backoff", 1_000, DAY, otherwise.backoff());
    return new Recovery(
        section.whole("attempts", 0, ATTEMPTS_MAX, otherwise.attempts()),
        backoff,
        section.duration("backoff_max", backoff, YEAR, Math.max(backoff, otherwise.backoffMax())),
        section.duration("answer_within", 1_000, DAY, otherwise.answerWithin()));
  }

  /** What is written and can never come about is a mistake, not a matter of taste. */
  private void requireEffect(Section section, Policy policy) {
    if (!policy.alerts()) {
      for (String name :
          List.of("steps", "acknowledge_within", "remind_every", "quiet_after", "recovery")) {
        if (section.has(name) && !section.isEmptyList(name)) {
          unreachable(
              section,
              name,
              "errors of " + level.text() + " make no alert: set alert, or leave it out");
        }
      }
      return;
    }
    if (level == Severity.CRITICAL) {
      for (String name : List.of("repeats", "acknowledge_within")) {
        if (section.has(name)) {
          unreachable(section, name, "there is no level above critical to go up to");
        }
      }
    }
    if (section.has("remind_every") && policy.remindEvery() > 0 && policy.steps().isEmpty()) {
      unreachable(section, "remind_every", "no step tells anybody who could be reminded");
    }
    requireTime(section, policy);
  }

  private void requireTime(Section section, Policy policy) {
    boolean climbs = policy.acknowledgeWithin() > 0 && level != Severity.CRITICAL;
    List<Value> items = section.items("steps", RuleLimits.STEPS_MAX);
    for (int i = 0; climbs && i < Math.min(items.size(), policy.steps().size()); i++) {
      if (policy.steps().get(i).after() >= policy.acknowledgeWithin()) {
        findings.add(
            items.get(i).spot(),
            FindingCode.UNREACHABLE,
            "the alert has gone up by then (acknowledge_within): the step is never taken");
      }
    }
  }

  private void unreachable(Section section, String name, String why) {
    findings.add(section.value(name).orElseThrow().keySpot(), FindingCode.UNREACHABLE, why);
  }

  /** Whoever is told must be there, also where the document says nothing of the level. */
  void requireTargets(Section near, Policy policy) {
    boolean own = near.has("steps");
    for (Step step : policy.steps()) {
      if (!own && !targets.contains(step.target())) {
        findings.add(
            near.spot(),
            FindingCode.UNKNOWN_TARGET,
            level.text() + " tells '" + step.target() + "', which is not among the targets");
      }
    }
    boolean told =
        policy.steps().stream().anyMatch(step -> step.target().equals(Policies.OPERATIONS));
    if (level == Severity.CRITICAL && !told) {
      findings.add(
          near.spot(),
          FindingCode.MISSING_TARGET,
          "a step of critical must tell '" + Policies.OPERATIONS + "'");
    }
  }
}
