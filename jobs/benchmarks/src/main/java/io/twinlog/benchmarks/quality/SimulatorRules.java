// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rules for the models of the fleet simulator: those of {@code docs/examples/rules/simulator.yaml}.
 */
public final class SimulatorRules {
  private static final Cost UNUSUAL = Cost.soft(0.3);
  private static final Cost IMPLAUSIBLE = Cost.soft(0.5);
  private static final long STUCK_MILLIS = 120_000;

  private SimulatorRules() {}

  private record Span(double min, double max) {}

  private record Metric(String name, List<Check> checks) {}

  /** All of them, with what is shipped for every metric. */
  public static QualityRules rules() {
    QualityRules shipped = QualityRules.DEFAULT;
    SortedMap<String, QualityRules.Model> models = new TreeMap<>();
    models().forEach(model -> models.put(model.getKey(), model.getValue()));
    return new QualityRules(
        shipped.threshold(),
        shipped.timeliness(),
        shipped.keeping(),
        shipped.statistics(),
        shipped.everyMetric(),
        shipped.metrics(),
        models,
        shipped.anomalies(),
        shipped.triggers());
  }

  private static List<Map.Entry<String, QualityRules.Model>> models() {
    return List.of(
        model(
            "fridge-4",
            metric("power", span(0, 300), span(40, 200), 0.385, 4),
            metric("temperature", span(-30, 40), span(2.5, 6.5), 0.0086, 5)),
        model(
            "meter-2",
            metric("power", span(0, 3680), span(200, 2600), 2.6, 3),
            metric("voltage", span(184, 276), span(224.5, 235.5), 0.035, 4)),
        model(
            "pump-3",
            metric("pressure", span(0, 10), span(4.9, 7.5), 0.0044, 6),
            metric("temperature", span(-10, 110), span(40.5, 67.5), 0.035, 4),
            metric("vibration", span(0, 10), span(1.3, 3.5), 0.0064, 4)),
        model(
            "thermo-1",
            metric("battery", span(0, 100), span(74.5, 100), 0.0109, 11),
            metric("humidity", span(0, 100), span(28, 68), 0.045, 6),
            metric("temperature", span(-20, 60), span(13, 29), 0.0134, 5)),
        model(
            "tracker-6",
            metric("battery", span(0, 100), span(32, 94), 0.02, 8),
            metric("signal", span(-120, -20), span(-98, -58), 0.193, 8),
            metric("temperature", span(-40, 85), span(1, 33), 0.0284, 7)),
        model(
            "turbine-5",
            metric("power", span(0, 1_250_000), span(505_000, 1_135_000), 400, 3),
            metric("speed", span(0, 2000), span(1275, 1685), 0.535, 6),
            metric("vibration", span(0, 15), span(2.1, 6.1), 0.0106, 4)));
  }

  private static Map.Entry<String, QualityRules.Model> model(String name, Metric... metrics) {
    SortedMap<String, MetricRules> rules = new TreeMap<>();
    for (Metric metric : metrics) {
      rules.put(metric.name, new MetricRules(metric.checks, MetricRules.INHERITED));
    }
    return Map.entry(name, new QualityRules.Model(List.copyOf(rules.keySet()), rules));
  }

  private static Metric metric(
      String name, Span range, Span usual, double perSecond, int stuckValues) {
    return new Metric(
        name,
        List.of(
            new Check.Range(range.min, range.max, Cost.HARD),
            new Check.Usual(usual.min, usual.max, UNUSUAL),
            new Check.Rate(perSecond, IMPLAUSIBLE),
            new Check.Stuck(STUCK_MILLIS, stuckValues, 0, IMPLAUSIBLE)));
  }

  private static Span span(double min, double max) {
    return new Span(min, max);
  }
}
