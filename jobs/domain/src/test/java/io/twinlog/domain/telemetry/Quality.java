// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Keeping;
import io.twinlog.domain.telemetry.QualityRules.Model;
import io.twinlog.domain.telemetry.QualityRules.Statistics;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryCommand.Json;
import io.twinlog.domain.telemetry.TelemetryCommand.Processed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The vocabulary of telemetry's tests. Rules are all said here: none hangs on a default. */
final class Quality {
  /** A midnight: log time at clock 0. */
  static final long MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private static int events;

  private Quality() {}

  /** Log time and clock, so long after {@link #MIDNIGHT}. */
  static Moment clock(long millis) {
    return new Moment(millis, MIDNIGHT + millis);
  }

  /** Numbers, texts, flags by metric, in this order: {@code "t", 21.5, "door", "open"}. */
  static Measurement measured(String eventId, long time, Object... data) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < data.length; i += 2) {
      values.add(new Value((String) data[i], scalar(data[i + 1])));
    }
    return new Measurement(eventId, time, false, values);
  }

  /** The same, with an id that no other has. */
  static Collected collected(long time, Object... data) {
    return new Collected(measured("e-" + ++events, time, data));
  }

  private static Scalar scalar(Object value) {
    if (value instanceof String text) {
      return new Scalar.Text(text);
    }
    if (value instanceof Boolean flag) {
      return new Scalar.Flag(flag);
    }
    return value instanceof Double decimal
        ? new Scalar.Decimal(decimal)
        : new Scalar.Whole(((Number) value).longValue());
  }

  static Processed result(String dataId, String text) {
    return new Processed(dataId, new Json('"' + text + '"', text), MIDNIGHT + 1);
  }

  static Condition when(Predicate<Map<String, ?>> holds) {
    return new Condition() {
      @Override
      public boolean holds(Map<String, ?> facts) {
        return holds.test(facts);
      }

      @Override
      public String text() {
        return "a condition of a test";
      }
    };
  }

  static Condition undecided(String why) {
    return when(
        facts -> {
          throw new Condition.Undecided(why, null);
        });
  }

  /** Rules that check nothing and reject nothing, until it is said. */
  static final class Draft {
    private double threshold;
    private Timeliness timeliness = new Timeliness(10 * DAY, 2 * DAY, 0, 0);
    private Keeping keeping = new Keeping(10 * MINUTE, 4);
    private Statistics statistics = new Statistics(MINUTE, HOUR);
    private MetricRules everyMetric = MetricRules.NONE;
    private final TreeMap<String, MetricRules> metrics = new TreeMap<>();
    private final TreeMap<String, Model> models = new TreeMap<>();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();

    Draft threshold(double least) {
      threshold = least;
      return this;
    }

    Draft timeliness(Timeliness costs) {
      timeliness = costs;
      return this;
    }

    Draft keeping(long forMillis, int recordsMax) {
      keeping = new Keeping(forMillis, recordsMax);
      return this;
    }

    Draft statistics(long lateness, long keep) {
      statistics = new Statistics(lateness, keep);
      return this;
    }

    Draft every(Check... checks) {
      everyMetric = new MetricRules(List.of(checks), MetricRules.INHERITED);
      return this;
    }

    Draft metric(String metric, double weight, Check... checks) {
      metrics.put(metric, new MetricRules(List.of(checks), weight));
      return this;
    }

    Draft model(String model, List<String> required, Map<String, MetricRules> closer) {
      models.put(model, new Model(required, new TreeMap<>(closer)));
      return this;
    }

    Draft anomaly(Anomaly anomaly) {
      anomalies.add(anomaly);
      return this;
    }

    Draft trigger(Trigger trigger) {
      triggers.add(trigger);
      return this;
    }

    QualityRules rules() {
      return new QualityRules(
          threshold,
          timeliness,
          keeping,
          statistics,
          everyMetric,
          metrics,
          models,
          anomalies,
          triggers);
    }
  }
}
