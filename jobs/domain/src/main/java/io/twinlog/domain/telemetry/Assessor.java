// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Values;
import io.twinlog.domain.telemetry.Measurement.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges measurements: which checks they violate, and the score. It compares with what the tracks
 * of a lane have seen, and has them see the new values. The formula of the score: docs/rules.md.
 */
final class Assessor {
  /** Combinations of model and metric whose rules are remembered; then it begins anew. */
  private static final int SETTLED_MAX = 10_000;

  /**
   * Flags of the values of one record; beyond it only the first hard one is told. A record must fit
   * into its topic.
   */
  static final int FLAGS_MAX = 256;

  /** Of a metric without one; nobody changes it. */
  private static final Track NEW = new Track();

  private final QualityRules rules;
  private final ValueChecks checks;
  private final int metricsMax;
  private final Map<String, Map<String, MetricRules>> settled = new HashMap<>();
  private int settledCount;

  Assessor(QualityRules rules, QualityChecks custom, int metricsMax) {
    this.rules = rules;
    this.checks = new ValueChecks(custom);
    this.metricsMax = metricsMax;
  }

  /**
   * Whose measurement it is.
   *
   * @param model empty: it was never seen registered
   */
  record Subject(String deviceId, String model, boolean registered) {}

  /** What was found. */
  record Assessment(double score, List<Flag> flags) {
    boolean isHard() {
      return hasHard(flags);
    }
  }

  private static boolean hasHard(List<Flag> flags) {
    for (int i = 0; i < flags.size(); i++) {
      if (flags.get(i).hard()) {
        return true;
      }
    }
    return false;
  }

  private static void add(List<Flag> flags, Flag flag) {
    if (flags.size() < FLAGS_MAX || flag.hard() && !hasHard(flags)) {
      flags.add(flag);
    }
  }

  /**
   * Judges one.
   *
   * @param lane which the measurement belongs to, not yet moved on
   */
  Assessment assess(Subject subject, Measurement measurement, LaneWork lane, Moment now) {
    List<Flag> flags = new ArrayList<>(0);
    Context context = new Context(subject, measurement, now);
    double weights = 0;
    double sum = 0;
    List<Value> values = measurement.values();
    Map<String, MetricRules> ofModel = rulesOf(subject.model());
    for (int i = 0; i < values.size(); i++) {
      MetricRules metric = rulesOf(subject.model(), values.get(i).metric(), ofModel);
      weights += metric.weight();
      sum += metric.weight() * score(metric, values.get(i), context, lane, flags);
    }
    for (String required : rules.required(subject.model())) {
      if (!has(values, required)) {
        weights += rulesOf(subject.model(), required, ofModel).weight();
        add(flags, Flag.soft(required, "required", required + " is not there"));
      }
    }
    double complete = weights == 0 ? 1 : sum / weights;
    return new Assessment(complete * timeliness(subject, measurement, lane, now, flags), flags);
  }

  private static boolean has(List<Value> values, String metric) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).metric().equals(metric)) {
        return true;
      }
    }
    return false;
  }

  private Map<String, MetricRules> rulesOf(String model) {
    return settled.getOrDefault(model, Map.of());
  }

  private MetricRules rulesOf(String model, String metric, Map<String, MetricRules> ofModel) {
    MetricRules known = ofModel.get(metric);
    if (known == null) {
      if (settledCount++ == SETTLED_MAX) {
        settled.clear();
        settledCount = 1;
      }
      known = rules.of(model, metric);
      settled.computeIfAbsent(model, m -> new HashMap<>()).put(metric, known);
    }
    return known;
  }

  /** What the values of one measurement have in common. */
  static final class Context {
    final Subject subject;
    final Measurement measurement;
    final Moment now;
    private Map<String, Object> data;
    private Values values;

    Context(Subject subject, Measurement measurement, Moment now) {
      this.subject = subject;
      this.measurement = measurement;
      this.now = now;
    }

    /** As conditions see it. */
    Map<String, Object> data() {
      if (data == null) {
        data = Conditions.data(measurement);
      }
      return data;
    }

    /** As checks of users see it. */
    Values values() {
      if (values == null) {
        TreeMap<String, io.twinlog.domain.Scalar> entries = new TreeMap<>();
        measurement.values().forEach(value -> entries.put(value.metric(), value.value()));
        values = new Values(entries);
      }
      return values;
    }
  }

  /** The score of one metric, in [0, 1]. */
  private double score(
      MetricRules metric, Value value, Context context, LaneWork lane, List<Flag> flags) {
    boolean tracked = lane.hasRoom(value.metric(), metricsMax);
    Track there = lane.track(value.metric());
    Track track = there == null ? NEW : there;
    double score = 1;
    boolean hard = false;
    boolean believable = true;
    String unusable = ValueChecks.unusable(metric, value);
    if (!unusable.isEmpty()) {
      add(flags, new Flag(value.metric(), Check.Type.NAME, true, unusable));
      return 0;
    }
    List<Check> all = metric.checks();
    for (int i = 0; i < all.size(); i++) {
      Check check = all.get(i);
      String violation = checks.violation(check, value, track, context);
      if (!violation.isEmpty()) {
        Check.Cost cost = check.cost();
        hard |= cost.hard();
        // What is only far from the estimate moves it: else a sensor that was moved is so for ever.
        believable &= !cost.hard() || check instanceof Check.Outlier;
        score *= 1 - cost.penalty();
        add(flags, new Flag(value.metric(), check.name(), cost.hard(), violation));
      }
    }
    if (!tracked) {
      add(
          flags,
          Flag.soft(
              value.metric(),
              "too_many_metrics",
              "the device has more than " + metricsMax + " metrics: no statistics of this one"));
    } else if (believable) {
      Track seeing = there == null ? lane.add(value.metric()) : there;
      see(metric, seeing, value, context.measurement.timestamp());
    }
    return hard ? 0 : score;
  }

  /**
   * A number in order is seen, believed or not: else nothing would ever get used to a new level.
   */
  private static void see(MetricRules metric, Track track, Value value, long time) {
    if (!Numbers.isOne(value.value()) || time <= track.seen().time()) {
      return;
    }
    double number = Numbers.of(value.value());
    double tolerance = 0;
    List<Check> checks = metric.checks();
    for (int i = 0; i < checks.size(); i++) {
      tolerance = checks.get(i) instanceof Check.Stuck stuck ? stuck.tolerance() : tolerance;
    }
    track.see(track.seen().next(number, time, tolerance), track.estimate().with(number));
  }

  private double timeliness(
      Subject subject, Measurement measurement, LaneWork lane, Moment now, List<Flag> flags) {
    QualityRules.Timeliness timeliness = rules.timeliness();
    long time = measurement.timestamp();
    double factor = 1;
    if (measurement.ahead()) {
      factor *= 1 - timeliness.skewPenalty();
      flags.add(
          Flag.soft("", "clock_skew", "its clock ran too far ahead: log time stands in for it"));
    }
    long behind = lane.isEmpty() ? 0 : lane.newest() - time;
    if (behind > timeliness.lateAfter()) {
      factor *= 1 - timeliness.latePenalty();
      flags.add(
          Flag.soft(
              "",
              "late",
              "%d ms behind the newest; %d ms are in time"
                  .formatted(behind, timeliness.lateAfter())));
    }
    if (isBackfill(measurement, now)) {
      flags.add(Flag.soft("", "backfill", "%d ms behind log time".formatted(now.logTime() - time)));
    }
    if (lane.isTooLate(time)) {
      flags.add(Flag.soft("", "too_late", "a window that it belongs to is closed for good"));
    }
    if (!subject.registered()) {
      flags.add(Flag.soft("", "unregistered", "the device was not seen registered: default rules"));
    }
    return factor;
  }

  /** What comes in time with a measurement, or later, is no older than this event time. */
  long earliestInTime(Measurement measurement, Moment now) {
    long time = measurement.timestamp();
    return now.logTime() == 0
        ? time
        : Math.min(time, now.logTime() - rules.timeliness().backfillAfter());
  }

  /** Whether it tells of long ago. */
  boolean isBackfill(Measurement measurement, Moment now) {
    return now.logTime() != 0
        && now.logTime() - measurement.timestamp() > rules.timeliness().backfillAfter();
  }
}
