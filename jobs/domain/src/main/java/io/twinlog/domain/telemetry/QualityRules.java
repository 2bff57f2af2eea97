// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Severity;
import io.twinlog.domain.rules.Condition;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is set about telemetry. Times are in ms.
 *
 * @param threshold a record of a lower score is rejected
 * @param timeliness what a record's own time costs it
 * @param keeping how long a record waits for its result
 * @param statistics how windows open and close
 * @param everyMetric the widest layer: of every metric of every model
 * @param metrics the next one: of a metric, whatever the model
 * @param models the closest one: of a model
 * @param anomalies in the order of the document; each that holds is told
 * @param triggers in the order of the document; each that holds is carried out
 */
public record QualityRules(
    double threshold,
    Timeliness timeliness,
    Keeping keeping,
    Statistics statistics,
    MetricRules everyMetric,
    SortedMap<String, MetricRules> metrics,
    SortedMap<String, Model> models,
    List<Anomaly> anomalies,
    List<Trigger> triggers) {

  /** Of an anomaly of one device at most one is told in so long, on the clock, ms. */
  public static final long ANOMALY_INTERVAL = 5 * 60_000;

  public QualityRules {
    anomalies = List.copyOf(anomalies);
    triggers = List.copyOf(triggers);
  }

  /**
   * What a record's own time costs it.
   *
   * @param lateAfter behind the newest record of its device: {@code late}
   * @param backfillAfter behind log time: {@code backfill}, which costs nothing
   * @param latePenalty share of the score
   * @param skewPenalty of a timestamp from the future ({@code clock_skew})
   */
  public record Timeliness(
      long lateAfter, long backfillAfter, double latePenalty, double skewPenalty) {
    public static final Timeliness DEFAULT = new Timeliness(60_000, 24 * 3_600_000L, 0.1, 0.2);
  }

  /**
   * How long a record waits for its result.
   *
   * @param forMillis on the clock
   * @param recordsMax of a device; the oldest gives way
   */
  public record Keeping(long forMillis, int recordsMax) {
    public static final Keeping DEFAULT = new Keeping(10 * 60_000, 8);
  }

  /**
   * How windows open and close, on the device's own event time.
   *
   * @param lateness a window closes when the newest event time has passed its end by this
   * @param keep so long after that, late records still change it, with a higher revision
   */
  public record Statistics(long lateness, long keep) {
    public static final Statistics DEFAULT = new Statistics(60_000, 3_600_000);
  }

  /**
   * Of a model.
   *
   * @param required metrics that every record must have, in order
   */
  public record Model(List<String> required, SortedMap<String, MetricRules> metrics) {
    public static final Model NONE = new Model(List.of(), new TreeMap<>());

    public Model {
      required = List.copyOf(required);
    }
  }

  /**
   * What is told to those who are on call.
   *
   * @param name code of the error
   * @param checks flags of which one must be there; empty: any or none
   * @param when over the scored record; null: always
   */
  public record Anomaly(
      String name, List<String> checks, Condition when, Severity severity, String message) {
    public Anomaly {
      checks = List.copyOf(checks);
    }
  }

  /**
   * What follows from a result.
   *
   * @param when over the result and its record
   */
  public record Trigger(String name, Condition when, Action action) {}

  /** What a trigger does. The document is JSON, and taken as it stands. */
  public sealed interface Action {
    /** A command to the device. */
    record Command(String command, String data) implements Action {}

    /** An event of the device's. */
    record Event(String eventType, String payload) implements Action {}
  }

  public static final QualityRules DEFAULT =
      new QualityRules(
          0.5,
          Timeliness.DEFAULT,
          Keeping.DEFAULT,
          Statistics.DEFAULT,
          new MetricRules(List.of(Check.Outlier.DEFAULT), 1),
          new TreeMap<>(),
          new TreeMap<>(),
          List.of(),
          List.of());

  /** All that holds of a metric of a model. */
  public MetricRules of(String model, String metric) {
    MetricRules ofMetric = everyMetric.under(metrics.getOrDefault(metric, MetricRules.NONE));
    Map<String, MetricRules> ofModel = models.getOrDefault(model, Model.NONE).metrics();
    return ofMetric.under(ofModel.getOrDefault(metric, MetricRules.NONE)).settled();
  }

  /** Metrics that a record of the model must have. */
  public List<String> required(String model) {
    return models.getOrDefault(model, Model.NONE).required();
  }
}
