// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.QualityRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The metrics and checks that a set of rules speaks of: what flags there can be. */
final class KnownChecks {
  /** Flags of a record as a whole. */
  static final Set<String> OF_RECORD =
      new TreeSet<>(Set.of("late", "backfill", "clock_skew", "too_late", "unregistered", "score"));

  /** Flags that each metric can have, whatever its rules. */
  private static final Set<String> OF_ANY_METRIC =
      Set.of("required", Check.Type.NAME, "too_many_metrics");

  /** What no check of a user's may be called. */
  static final Set<String> RESERVED = reserved();

  private final QualityRules rules;

  /** By metric: the same are asked for again and again. */
  private final Map<String, Set<String>> found = new HashMap<>();

  KnownChecks(QualityRules rules) {
    this.rules = rules;
  }

  private static Set<String> reserved() {
    Set<String> reserved = new TreeSet<>(OF_RECORD);
    reserved.addAll(OF_ANY_METRIC);
    reserved.addAll(CheckReader.BUILT_IN);
    return reserved;
  }

  /** Every metric that a rule names; none: the rules speak of no metric in particular. */
  Set<String> metrics() {
    Set<String> metrics = new TreeSet<>(rules.metrics().keySet());
    rules
        .models()
        .values()
        .forEach(
            model -> {
              metrics.addAll(model.metrics().keySet());
              metrics.addAll(model.required());
            });
    return metrics;
  }

  /** Checks that can flag a metric, of whatever model. */
  Set<String> checks(String metric) {
    return found.computeIfAbsent(metric, this::find);
  }

  private Set<String> find(String metric) {
    Set<String> checks = new TreeSet<>(OF_ANY_METRIC);
    addChecks(checks, "", metric);
    rules
        .models()
        .forEach(
            (name, model) -> {
              if (model.metrics().containsKey(metric)) {
                addChecks(checks, name, metric);
              }
            });
    return checks;
  }

  /** Checks that can flag any metric, and those of records. */
  Set<String> checks() {
    return found.computeIfAbsent("", none -> findAll());
  }

  private Set<String> findAll() {
    Set<String> checks = new TreeSet<>(OF_RECORD);
    checks.addAll(find(""));
    rules.metrics().keySet().forEach(metric -> addChecks(checks, "", metric));
    rules
        .models()
        .forEach(
            (name, model) ->
                model.metrics().keySet().forEach(metric -> addChecks(checks, name, metric)));
    return checks;
  }

  private void addChecks(Set<String> checks, String model, String metric) {
    rules.of(model, metric).checks().forEach(check -> checks.add(check.name()));
  }
}
