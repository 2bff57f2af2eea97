// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.Vocabularies;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the checks that users make themselves: {@code expressions}, and {@code custom} of jars. */
final class OwnCheckReader {
  private final Findings findings;
  private final Values values;
  private final Costs costs;
  private final ConditionReader conditions;
  private final Optional<QualityChecks> jars;

  /**
   * @param jars the checks that there are; empty: nobody knows, and what is used is not judged
   */
  OwnCheckReader(Findings findings, ConditionReader conditions, Optional<QualityChecks> jars) {
    this.findings = findings;
    this.values = new Values(findings);
    this.costs = new Costs(findings);
    this.conditions = conditions;
    this.jars = jars;
  }

  Optional<Check> expression(Section section) {
    section.only("name", "check", "message", "hard", "penalty", "off");
    Optional<String> name = name(section);
    if (isOff(section)) {
      return name.map(Check.Off::new);
    }
    Cost cost = costs.read(section, Cost.soft(Costs.PENALTY));
    Optional<Condition> condition =
        section.required("check").flatMap(value -> conditions.read(value, Vocabularies.CHECK));
    String message =
        section.text(
            "message",
            RuleLimits.MESSAGE_MAX,
            condition.map(known -> "does not hold: " + known.text()).orElse(""));
    return name.isPresent() && condition.isPresent()
        ? Optional.of(new Check.Expression(name.get(), condition.get(), message, cost))
        : Optional.empty();
  }

  Optional<Check> custom(Section section) {
    section.only("name", "uses", "settings", "hard", "penalty", "off");
    Optional<String> name = name(section);
    if (isOff(section)) {
      return name.map(Check.Off::new);
    }
    Cost cost = costs.read(section, Cost.soft(Costs.PENALTY));
    Map<String, String> settings = settings(section);
    Optional<String> uses =
        section.required("uses").flatMap(value -> values.id(value, RuleLimits.ID_MAX));
    uses.ifPresent(check -> judge(section, check, settings));
    return name.isPresent() && uses.isPresent()
        ? Optional.of(new Check.Custom(name.get(), uses.get(), settings, cost))
        : Optional.empty();
  }

  private Map<String, String> settings(Section section) {
    Map<String, String> settings = new TreeMap<>();
    section
        .entries("settings", RuleLimits.SETTINGS_MAX)
        .forEach(
            (key, value) ->
                values
                    .text(value, RuleLimits.MESSAGE_MAX)
                    .ifPresent(text -> settings.put(key, text)));
    return settings;
  }

  private void judge(Section section, String uses, Map<String, String> settings) {
    Spot spot = section.value("uses").orElseThrow().spot();
    jars.ifPresent(
        checks ->
            checks
                .flaws(uses, settings)
                .forEach(flaw -> findings.add(spot, FindingCode.CHECK_SETTINGS, flaw)));
  }

  private boolean isOff(Section section) {
    boolean off = section.bool("off", false);
    if (off) {
      section.only("name", "off");
    }
    return off;
  }

  private Optional<String> name(Section section) {
    return section.required("name").flatMap(value -> values.name(value, RuleLimits.NAME_MAX));
  }
}
