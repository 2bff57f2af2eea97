// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what one layer says of a metric. Whether layers fit together is for others to see. */
final class MetricReader {
  private static final double WEIGHT_MAX = 1_000;
  private static final String[] FIELDS = {
    "type", "range", "usual", "rate", "stuck", "outlier", "weight", "expressions", "custom"
  };

  private final Findings findings;
  private final Values values;
  private final CheckReader checks;
  private final OwnCheckReader own;

  MetricReader(Findings findings, ConditionReader conditions, Optional<QualityChecks> jars) {
    this.findings = findings;
    this.values = new Values(findings);
    this.checks = new CheckReader(findings);
    this.own = new OwnCheckReader(findings, conditions, jars);
  }

  /** What a layer says of metrics, by their name. */
  Map<String, Layer> read(Section section, String name, int most) {
    Map<String, Layer> layers = new TreeMap<>();
    section
        .entries(name, most)
        .forEach(
            (metric, value) -> {
              if (values.isId(value.keySpot(), metric, RuleLimits.ID_MAX)) {
                Section.of(value, values).ifPresent(fields -> layers.put(metric, read(fields)));
              }
            });
    return layers;
  }

  Layer read(Section section) {
    section.only(FIELDS);
    List<Check> read = new ArrayList<>();
    Map<String, Spot> spots = new TreeMap<>();
    for (String name : CheckReader.BUILT_IN) {
      Optional<Value> value = section.value(name);
      value
          .flatMap(given -> checks.read(name, given))
          .ifPresent(
              check -> {
                read.add(check);
                spots.put(name, value.orElseThrow().keySpot());
              });
    }
    Taken taken = new Taken(findings);
    own(section, "expressions", own::expression, new Sink(read, spots, taken));
    own(section, "custom", own::custom, new Sink(read, spots, taken));
    double weight = section.number("weight", 0, WEIGHT_MAX, MetricRules.INHERITED);
    return new Layer(new MetricRules(read, weight), spots);
  }

  private record Sink(List<Check> checks, Map<String, Spot> spots, Taken taken) {}

  private void own(
      Section section, String name, Function<Section, Optional<Check>> reader, Sink sink) {
    for (Value item : section.items(name, RuleLimits.OWN_CHECKS_MAX)) {
      Optional<Section> fields = Section.of(item, values);
      Optional<Check> check = fields.flatMap(reader);
      if (check.isEmpty()) {
        continue;
      }
      Spot spot = fields.get().value("name").orElseThrow().spot();
      sink.taken.take(spot, check.get().name());
      if (KnownChecks.RESERVED.contains(check.get().name())) {
        findings.add(
            spot,
            FindingCode.DUPLICATE_NAME,
            "'" + check.get().name() + "' is a check of Twinlog's own: choose another name");
      } else if (sink.spots.putIfAbsent(check.get().name(), spot) == null) {
        sink.checks.add(check.get());
      }
    }
  }
}
