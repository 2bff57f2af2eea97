// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.cel.Names;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Keeping;
import io.twinlog.domain.telemetry.QualityRules.Model;
import io.twinlog.domain.telemetry.QualityRules.Statistics;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import io.twinlog.rules.Durations;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code quality}, and sees whether its parts fit together. */
final class QualityReader {
  private static final long SECOND = 1_000;
  private static final long DAY = 86_400_000;
  private static final int RECORDS_MAX = 1_000;

  private final Findings findings;
  private final Values values;
  private final ConditionReader conditions;
  private final MetricReader metrics;
  private final Outside outside;

  QualityReader(Findings findings, ConditionReader conditions, Outside outside) {
    this.findings = findings;
    this.values = new Values(findings);
    this.conditions = conditions;
    this.metrics = new MetricReader(findings, conditions, outside.jars());
    this.outside = outside;
  }

  /**
   * Reads it.
   *
   * @param strictCatalogue whether an event of a trigger must have a schema
   */
  QualityRules read(Section section, QualityRules base, boolean strictCatalogue) {
    section.only(
        "threshold",
        "timeliness",
        "results",
        "statistics",
        "defaults",
        "metrics",
        "models",
        "anomalies",
        "triggers");
    Layer defaults = section.section("defaults").map(metrics::read).orElse(Layer.NONE);
    Layers layers = new Layers(section, base, defaults);
    Statistics statistics = statistics(section, base.statistics());
    QualityRules rules =
        new QualityRules(
            section.number("threshold", 0, 1, base.threshold()),
            timeliness(section, base.timeliness(), statistics),
            keeping(section, base.keeping()),
            statistics,
            base.everyMetric().under(defaults.rules()),
            layers.metricRules(),
            layers.models(),
            base.anomalies(),
            base.triggers());
    layers.check();
    AnomalyReader anomalies = new AnomalyReader(findings, conditions, new KnownChecks(rules));
    return new QualityRules(
        rules.threshold(),
        rules.timeliness(),
        rules.keeping(),
        rules.statistics(),
        rules.everyMetric(),
        rules.metrics(),
        rules.models(),
        section.has("anomalies") ? anomalies.read(section) : base.anomalies(),
        section.has("triggers")
            ? new TriggerReader(findings, conditions, outside.catalogue(strictCatalogue))
                .read(section)
            : base.triggers());
  }

  private Timeliness timeliness(Section quality, Timeliness base, Statistics statistics) {
    Optional<Section> given = quality.section("timeliness");
    if (given.isEmpty()) {
      return base;
    }
    Section section =
        given.get().only("late_after", "backfill_after", "late_penalty", "skew_penalty");
    Timeliness read =
        new Timeliness(
            section.duration("late_after", 0, 366 * DAY, base.lateAfter()),
            section.duration("backfill_after", SECOND, 366 * DAY, base.backfillAfter()),
            section.number("late_penalty", 0, 1, base.latePenalty()),
            section.number("skew_penalty", 0, 1, base.skewPenalty()));
    Spot spot = section.value("late_after").map(Value::spot).orElse(section.spot());
    if (read.lateAfter() > read.backfillAfter()) {
      findings.add(
          spot,
          FindingCode.CONTRADICTION,
          "late_after, "
              + Durations.text(read.lateAfter())
              + ", is above backfill_after, "
              + Durations.text(read.backfillAfter())
              + ": a record would be a backfill before it is late");
    }
    if (read.lateAfter() > statistics.lateness() + statistics.keep()) {
      findings.add(
          spot,
          FindingCode.CONTRADICTION,
          "late_after, "
              + Durations.text(read.lateAfter())
              + ", is above statistics.lateness + statistics.keep, "
              + Durations.text(statistics.lateness() + statistics.keep())
              + ": a record would miss its window and not be called late");
    }
    return read;
  }

  private Keeping keeping(Section quality, Keeping base) {
    return quality
        .section("results")
        .map(section -> section.only("keep", "records_max"))
        .map(
            section ->
                new Keeping(
                    section.duration("keep", SECOND, 7 * DAY, base.forMillis()),
                    section.whole("records_max", 1, RECORDS_MAX, base.recordsMax())))
        .orElse(base);
  }

  private Statistics statistics(Section quality, Statistics base) {
    return quality
        .section("statistics")
        .map(section -> section.only("lateness", "keep"))
        .map(
            section ->
                new Statistics(
                    section.duration("lateness", 0, DAY, base.lateness()),
                    section.duration("keep", 0, 7 * DAY, base.keep())))
        .orElse(base);
  }

  /** The layers of a document, laid over those of the base. */
  private final class Layers {
    private final Section section;
    private final QualityRules base;
    private final Layer given;
    private final Layer widest;
    private final Map<String, Layer> byMetric;
    private final Map<String, Map<String, Layer>> byModel = new TreeMap<>();

    Layers(Section section, QualityRules base, Layer defaults) {
      this.section = section;
      this.base = base;
      this.given = defaults;
      this.widest = Layer.given(base.everyMetric());
      this.byMetric =
          section.has("metrics")
              ? metrics.read(section, "metrics", RuleLimits.METRICS_MAX)
              : given(base.metrics());
    }

    private Map<String, Layer> given(Map<String, MetricRules> rules) {
      Map<String, Layer> layers = new TreeMap<>();
      rules.forEach((metric, of) -> layers.put(metric, Layer.given(of)));
      return layers;
    }

    SortedMap<String, MetricRules> metricRules() {
      return rules(byMetric);
    }

    private static SortedMap<String, MetricRules> rules(Map<String, Layer> layers) {
      SortedMap<String, MetricRules> rules = new TreeMap<>();
      layers.forEach((metric, layer) -> rules.put(metric, layer.rules()));
      return rules;
    }

    SortedMap<String, Model> models() {
      if (!section.has("models")) {
        base.models().forEach((name, model) -> byModel.put(name, given(model.metrics())));
        return base.models();
      }
      SortedMap<String, Model> models = new TreeMap<>();
      section
          .entries("models", RuleLimits.MODELS_MAX)
          .forEach(
              (name, value) -> {
                if (values.isId(value.keySpot(), name, RuleLimits.ID_MAX)) {
                  Section.of(value, values)
                      .ifPresent(fields -> models.put(name, model(name, fields)));
                }
              });
      return models;
    }

    private Model model(String name, Section fields) {
      fields.only("required", "metrics");
      Map<String, Layer> own = metrics.read(fields, "metrics", RuleLimits.METRICS_OF_MODEL_MAX);
      byModel.put(name, own);
      List<String> required = new ArrayList<>();
      Taken taken = new Taken(findings);
      for (Value item : fields.items("required", RuleLimits.METRICS_OF_MODEL_MAX)) {
        values
            .id(item, RuleLimits.ID_MAX)
            .ifPresent(
                metric -> {
                  taken.take(item.spot(), metric);
                  if (fields.has("metrics")) {
                    requireKnown(item.spot(), metric, own);
                  }
                  required.add(metric);
                });
      }
      return new Model(required, rules(own));
    }

    private void requireKnown(Spot spot, String metric, Map<String, Layer> own) {
      TreeSet<String> known = new TreeSet<>(own.keySet());
      known.addAll(byMetric.keySet());
      if (!known.contains(metric)) {
        findings.add(
            spot,
            FindingCode.UNKNOWN_METRIC,
            "neither quality.metrics nor the metrics of this model have '"
                + metric
                + "'"
                + Names.hint(metric, known));
      }
    }

    void check() {
      LayerCheck check = new LayerCheck(findings);
      Layer none = Layer.NONE;
      check.check(List.of(widest, given));
      byMetric.values().forEach(layer -> check.check(List.of(widest, given, layer)));
      byModel
          .values()
          .forEach(
              model ->
                  model.forEach(
                      (metric, layer) ->
                          check.check(
                              List.of(widest, given, byMetric.getOrDefault(metric, none), layer))));
    }
  }
}
