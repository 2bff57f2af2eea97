// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.Grouping;
import io.twinlog.domain.escalation.Inhibition;
import io.twinlog.domain.escalation.Policies;
import io.twinlog.domain.escalation.Policies.Trigger;
import io.twinlog.domain.escalation.Policy;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code escalation}: who is told of what, and when. */
final class EscalationReader {
  private static final long DAY = 86_400_000;
  private static final long YEAR = 366 * DAY;
  private static final int FOLD_MAX = 100;

  /** States of a source that are told of, and are no errors. */
  private static final List<String> STATES = List.of("device.offline");

  static final List<String> SEVERITIES =
      Arrays.stream(Severity.values()).map(Severity::text).toList();

  private final Findings findings;
  private final Values values;

  EscalationReader(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  EscalationRules read(Section section, EscalationRules base) {
    section.only("targets", "levels", "triggers", "grouping", "inhibitions");
    SortedSet<String> targets = section.has("targets") ? targets(section) : base.targets();
    Map<Severity, Policy> levels = levels(section, base.policies().bySeverity(), targets);
    Policies policies = new Policies(0, levels, base.policies().triggers());
    List<Trigger> triggers =
        section.has("triggers") ? triggers(section, policies) : policies.triggers();
    List<Inhibition> inhibitions =
        section.has("inhibitions")
            ? new InhibitionReader(findings).read(section)
            : base.inhibitions();
    Grouping grouping =
        section
            .section("grouping")
            .map(part -> grouping(part, base.grouping()))
            .orElse(base.grouping());
    return new EscalationRules(new Policies(0, levels, triggers), grouping, inhibitions, targets);
  }

  private SortedSet<String> targets(Section section) {
    TreeSet<String> targets = new TreeSet<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items("targets", RuleLimits.TARGETS_MAX)) {
      values
          .name(item, RuleLimits.NAME_MAX)
          .ifPresent(
              name -> {
                taken.take(item.spot(), name);
                targets.add(name);
              });
    }
    return targets;
  }

  private Map<Severity, Policy> levels(
      Section section, Map<Severity, Policy> base, SortedSet<String> targets) {
    Map<Severity, Policy> levels = new EnumMap<>(base);
    Optional<Section> given = section.section("levels");
    given.ifPresent(part -> part.only(SEVERITIES.toArray(String[]::new)));
    for (Severity level : Severity.values()) {
      Optional<Section> own = given.flatMap(part -> part.section(level.text()));
      PolicyReader reader = new PolicyReader(findings, level, targets);
      own.ifPresent(part -> levels.put(level, reader.read(part, base.get(level))));
      reader.requireTargets(own.orElse(given.orElse(section)), levels.get(level));
    }
    return levels;
  }

  private List<Trigger> triggers(Section section, Policies policies) {
    Map<Value, Trigger> triggers = new LinkedHashMap<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items("triggers", RuleLimits.TRIGGERS_MAX)) {
      Section.of(item, values)
          .flatMap(part -> trigger(part, taken))
          .ifPresent(
              trigger -> {
                requireEffect(item, trigger, triggers.values(), policies);
                triggers.put(item, trigger);
              });
    }
    return new ArrayList<>(triggers.values());
  }

  private Optional<Trigger> trigger(Section section, Taken taken) {
    section.only("name", "on", "labels", "severity", "after");
    Optional<Value> given = section.required("name");
    given
        .flatMap(value -> values.name(value, RuleLimits.NAME_MAX))
        .ifPresent(name -> taken.take(given.orElseThrow().spot(), name));
    Optional<String> on = section.required("on").flatMap(value -> values.choice(value, STATES));
    Optional<String> severity =
        section.required("severity").flatMap(value -> values.choice(value, SEVERITIES));
    TreeMap<String, String> labels = new TreeMap<>();
    section
        .entries("labels", RuleLimits.LABELS_MAX)
        .forEach(
            (label, value) -> {
              values.isId(value.keySpot(), label, RuleLimits.ID_MAX);
              values.text(value, RuleLimits.LABEL_MAX).ifPresent(text -> labels.put(label, text));
            });
    long after = section.duration("after", 0, YEAR, 0);
    return on.isPresent() && severity.isPresent()
        ? Optional.of(new Trigger(on.get(), labels, Severity.of(severity.get()), after))
        : Optional.empty();
  }

  /** One that a trigger before it always takes the place of, or that makes no alert. */
  private void requireEffect(
      Value item, Trigger trigger, Iterable<Trigger> before, Policies policies) {
    for (Trigger earlier : before) {
      boolean wider =
          earlier.on().equals(trigger.on())
              && trigger.labels().entrySet().containsAll(earlier.labels().entrySet());
      if (wider) {
        findings.add(
            item.spot(),
            FindingCode.UNREACHABLE,
            "a trigger before it holds wherever this one would: put the narrower one first");
        return;
      }
    }
    if (!policies.of(trigger.severity()).alerts()) {
      findings.add(
          item.spot(),
          FindingCode.UNREACHABLE,
          "errors of severity "
              + trigger.severity().text()
              + " make no alert: nobody would hear of it");
    }
  }

  private Grouping grouping(Section section, Grouping base) {
    section.only("by", "wait", "urgent_wait", "interval", "repeat", "fold_above");
    List<String> by = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items("by", RuleLimits.LABELS_MAX)) {
      values
          .id(item, RuleLimits.ID_MAX)
          .ifPresent(
              label -> {
                taken.take(item.spot(), label);
                by.add(label);
              });
    }
    return new Grouping(
        section.has("by") ? by : base.by(),
        section.duration("wait", 0, DAY, base.delay()),
        section.duration("urgent_wait", 0, DAY, base.urgentDelay()),
        section.duration("interval", 1_000, DAY, base.interval()),
        section.duration("repeat", 60_000, YEAR, base.repeat()),
        section.whole("fold_above", 1, FOLD_MAX, base.foldAbove()));
  }
}
