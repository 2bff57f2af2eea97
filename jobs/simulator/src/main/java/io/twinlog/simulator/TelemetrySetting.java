// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.Severity;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;

/**
 * What a seed decides for telemetry: rules with short times, and a state with little room. Times
 * are in ms.
 *
 * @param keep windows after they were told
 * @param resultWithin how long records wait for a result
 */
record TelemetrySetting(
    long lateness,
    long keep,
    long lateAfter,
    long resultWithin,
    int resultsMax,
    int metricsMax,
    int dedupeIds,
    long retention,
    long rewrite)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A condition in Java: what is judged is what follows from it, not its language. */
  private record Says(String text, Predicate<Map<String, ?>> holds) implements Condition {
    @Override
    public boolean holds(Map<String, ?> facts) {
      return holds.test(facts);
    }
  }

  static TelemetrySetting of(Dice dice) {
    long second = 1_000;
    return new TelemetrySetting(
        dice.between(1, 15) * second,
        dice.between(1, 60) * second,
        dice.between(1, 10) * second,
        dice.between(3, 20) * second,
        dice.between(1, 4),
        dice.between(1, 3),
        dice.between(2, 8),
        dice.between(20, 60) * second,
        dice.between(10, 40) * second);
  }

  RuleBook book() {
    TreeMap<String, MetricRules> metrics = new TreeMap<>();
    metrics.put(
        "t",
        new MetricRules(
            List.of(
                new Check.Range(0, 45, Check.Cost.HARD),
                new Check.Rate(8, Check.Cost.soft(0.4)),
                new Check.Stuck(5_000, 3, 0, Check.Cost.soft(0.5))),
            MetricRules.INHERITED));
    QualityRules shipped = QualityRules.DEFAULT;
    QualityRules quality =
        new QualityRules(
            0.4,
            new QualityRules.Timeliness(lateAfter, 86_400_000, 0.3, 0.2),
            new QualityRules.Keeping(resultWithin, resultsMax),
            new QualityRules.Statistics(lateness, keep),
            new MetricRules(List.of(new Check.Outlier(5, 4, Check.Cost.soft(0.3))), 1),
            metrics,
            shipped.models(),
            List.of(
                new Anomaly("out_of_range", List.of("t/range"), null, Severity.HIGH, "t"),
                new Anomaly("poor", List.of(), low(), Severity.LOW, "a low score")),
            List.of(
                new Trigger(
                    "report",
                    says("result", 3),
                    new Action.Command(
                        "ReportFault",
                        "{\"code\":\"E9\",\"severity\":\"low\",\"message\":\"by rule\"}")),
                new Trigger(
                    "tell",
                    says("result", 4),
                    new Action.Event("device.recovered", "{\"code\":\"E9\"}"))));
    return RuleBook.of(new RuleSet(0, RoutingRules.DEFAULT, ValidationRules.DEFAULT, quality));
  }

  private static Condition low() {
    return new Says("score < 0.7", facts -> ((Number) facts.get("score")).doubleValue() < 0.7);
  }

  private static Condition says(String name, int number) {
    return new Says(
        name + " == " + number,
        facts -> facts.get(name) instanceof Number n && n.doubleValue() == number);
  }

  /** The rest of it, as an operator would set it. */
  void addTo(Configuration c) {
    c.setString("telemetry.dedupe.ids", Integer.toString(dedupeIds));
    c.setString("telemetry.dedupe.horizon", Setting.DEDUPE_HORIZON + " ms");
    c.setString("telemetry.metrics-max", Integer.toString(metricsMax));
    c.setString("telemetry.windows.size", "16 kb");
    c.setString("telemetry.results.size", "16 kb");
    c.setString("telemetry.retention", retention + " ms");
    c.setString("telemetry.projection.rewrite", rewrite + " ms");
  }
}
