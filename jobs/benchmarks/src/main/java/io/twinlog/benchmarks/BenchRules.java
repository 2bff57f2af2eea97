// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.benchmarks.peers.RangeCheck.Span;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that the telemetry of {@link EventText} is judged by: the shipped ones, and for each
 * number what it can be, how fast it can move and how long it can stay the same. No event of the
 * benchmark violates any: what is measured is the checking.
 */
public final class BenchRules {
  /** What the numbers can be. */
  public static final Map<String, Span> POSSIBLE =
      Map.of(
          "temperature", new Span(-40, 85),
          "humidity", new Span(0, 100),
          "voltage", new Span(100, 400));

  private static final double UNITS_PER_SECOND = 20;
  private static final long STUCK_MILLIS = 10 * 60_000;
  private static final int STUCK_VALUES = 5;
  private static final double PENALTY = 0.3;

  private BenchRules() {}

  /** They are in force from the beginning, under whatever version. */
  public static RuleBook book() {
    RuleSet shipped = RuleSet.DEFAULT;
    return RuleBook.of(
        new RuleSet(
            shipped.version(),
            shipped.routing(),
            shipped.validation(),
            quality(),
            shipped.escalation()));
  }

  private static QualityRules quality() {
    SortedMap<String, MetricRules> metrics = new TreeMap<>();
    POSSIBLE.forEach((metric, span) -> metrics.put(metric, of(span)));
    QualityRules shipped = QualityRules.DEFAULT;
    return new QualityRules(
        shipped.threshold(),
        shipped.timeliness(),
        shipped.keeping(),
        shipped.statistics(),
        shipped.everyMetric(),
        metrics,
        shipped.models(),
        shipped.anomalies(),
        shipped.triggers());
  }

  private static MetricRules of(Span span) {
    return new MetricRules(
        List.of(
            new Check.Range(span.least(), span.most(), Cost.HARD),
            new Check.Rate(UNITS_PER_SECOND, Cost.soft(PENALTY)),
            new Check.Stuck(STUCK_MILLIS, STUCK_VALUES, 0, Cost.soft(PENALTY))),
        MetricRules.INHERITED);
  }
}
