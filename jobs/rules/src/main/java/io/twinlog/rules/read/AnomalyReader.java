// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.cel.Names;
import io.twinlog.domain.Severity;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import io.twinlog.rules.Vocabularies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code quality.anomalies}. */
final class AnomalyReader {
  private static final List<String> SEVERITIES =
      Arrays.stream(Severity.values()).map(Severity::text).toList();

  private final Findings findings;
  private final Values values;
  private final ConditionReader conditions;
  private final KnownChecks known;
  private final Set<String> metrics;

  AnomalyReader(Findings findings, ConditionReader conditions, KnownChecks known) {
    this.findings = findings;
    this.values = new Values(findings);
    this.conditions = conditions;
    this.known = known;
    this.metrics = known.metrics();
  }

  List<Anomaly> read(Section quality) {
    List<Anomaly> anomalies = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : quality.items("anomalies", RuleLimits.ANOMALIES_MAX)) {
      Section.of(item, values)
          .flatMap(section -> anomaly(section, taken))
          .ifPresent(anomalies::add);
    }
    return anomalies;
  }

  private Optional<Anomaly> anomaly(Section section, Taken taken) {
    section.only("name", "checks", "when", "severity", "message");
    Optional<Value> given = section.required("name");
    Optional<String> name = given.flatMap(value -> values.name(value, RuleLimits.NAME_MAX));
    name.ifPresent(text -> taken.take(given.orElseThrow().spot(), text));
    List<String> checks = checks(section);
    Optional<Condition> when =
        section.value("when").flatMap(value -> conditions.read(value, Vocabularies.ANOMALY));
    boolean always =
        !section.has("when") && (!section.has("checks") || section.isEmptyList("checks"));
    if (always) {
      findings.add(
          section.spot(),
          FindingCode.CONTRADICTION,
          "every record would be this anomaly: give checks, when, or both");
    }
    Optional<String> severity =
        section.required("severity").flatMap(value -> values.choice(value, SEVERITIES));
    String message = section.text("message", RuleLimits.MESSAGE_MAX, name.orElse(""));
    return name.isPresent() && severity.isPresent()
        ? Optional.of(
            new Anomaly(
                name.get(), checks, when.orElse(null), Severity.of(severity.get()), message))
        : Optional.empty();
  }

  private List<String> checks(Section section) {
    List<String> checks = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items("checks", RuleLimits.CHECKS_OF_ANOMALY_MAX)) {
      Optional<String> check = values.id(item, RuleLimits.ID_MAX + 1 + RuleLimits.NAME_MAX);
      if (check.isPresent()) {
        taken.take(item.spot(), check.get());
        requireKnown(item.spot(), check.get());
        checks.add(check.get());
      }
    }
    return checks;
  }

  /** No name of a check has a slash, but that of a metric may. */
  private void requireKnown(Spot spot, String path) {
    int slash = path.lastIndexOf('/');
    String check = path.substring(slash + 1);
    if (slash < 0) {
      require(spot, check, known.checks(), "");
      return;
    }
    String metric = path.substring(0, slash);
    if (!metrics.isEmpty() && !metrics.contains(metric)) {
      findings.add(
          spot,
          FindingCode.UNKNOWN_METRIC,
          "no rule speaks of a metric '" + metric + "'" + Names.hint(metric, metrics));
      return;
    }
    require(spot, check, known.checks(metric), " of " + metric);
  }

  private void require(Spot spot, String check, Set<String> checks, String where) {
    if (!checks.contains(check)) {
      findings.add(
          spot,
          FindingCode.UNKNOWN_CHECK,
          "there is no check '"
              + check
              + "'"
              + where
              + ", only "
              + String.join(", ", checks)
              + Names.hint(check, checks));
    }
  }
}
