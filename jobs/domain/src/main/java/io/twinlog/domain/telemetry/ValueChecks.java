// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.telemetry.Assessor.Context;
import io.twinlog.domain.telemetry.Measurement.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * What one check says of one value. Changes nothing; the answer is why the value violates it, with
 * value and bound, or empty.
 */
final class ValueChecks {
  private static final String FINE = "";

  private final QualityChecks custom;

  ValueChecks(QualityChecks custom) {
    this.custom = custom;
  }

  /** Why no check can say anything of the value: it is no number, or none that can be one. */
  static String unusable(MetricRules metric, Value value) {
    if (Numbers.isOne(value.value())) {
      double number = Numbers.of(value.value());
      return Math.abs(number) <= Numbers.LARGEST
          ? FINE
          : Numbers.text(number) + " is no number within ±1e100";
    }
    for (Check check : metric.checks()) {
      if (check instanceof Check.Range
          || check instanceof Check.Usual
          || check instanceof Check.Rate
          || check instanceof Check.Stuck) {
        return "%s is a %s; %s is a check of numbers"
            .formatted(
                value.metric(),
                Numbers.kind(value.value()).name().toLowerCase(java.util.Locale.ROOT),
                check.name());
      }
    }
    return FINE;
  }

  String violation(Check check, Value value, Track track, Context context) {
    if (check instanceof Check.Type type) {
      return type(type, value);
    }
    if (check instanceof Check.Expression expression) {
      return expression(expression, value, context);
    }
    if (check instanceof Check.Custom rule) {
      return custom(rule, value, track, context);
    }
    if (!Numbers.isOne(value.value())) {
      return FINE;
    }
    double number = Numbers.of(value.value());
    if (check instanceof Check.Outlier outlier) {
      return outlier(outlier, number, track);
    }
    if (check instanceof Check.Range range) {
      return span(number, range.min(), range.max());
    }
    if (check instanceof Check.Usual usual) {
      return span(number, usual.min(), usual.max());
    }
    if (check instanceof Check.Rate rate) {
      return rate(rate, number, track, context.measurement.timestamp());
    }
    if (check instanceof Check.Stuck stuck) {
      return stuck(stuck, number, track, context.measurement.timestamp());
    }
    throw new IllegalStateException("no rule for " + check);
  }

  private static String type(Check.Type type, Value value) {
    Check.Kind kind = Numbers.kind(value.value());
    return kind == type.kind()
        ? FINE
        : "is a %s, must be a %s".formatted(kind, type.kind()).toLowerCase(java.util.Locale.ROOT);
  }

  private static String span(double number, double min, double max) {
    if (number < min) {
      return Numbers.text(number) + " is below " + Numbers.text(min);
    }
    return number > max ? Numbers.text(number) + " is above " + Numbers.text(max) : FINE;
  }

  /** Only of values in order: what came late says nothing of how fast it moved. */
  private static String rate(Check.Rate rate, double number, Track track, long time) {
    Seen seen = track.seen();
    if (seen.isNothing() || time <= seen.time()) {
      return FINE;
    }
    double seconds = (time - seen.time()) / 1000.0;
    double moved = Math.abs(number - seen.value());
    return moved > rate.perSecond() * seconds
        ? "moved by %s in %s s; %s a second are possible"
            .formatted(Numbers.text(moved), Numbers.text(seconds), Numbers.text(rate.perSecond()))
        : FINE;
  }

  private static String stuck(Check.Stuck stuck, double number, Track track, long time) {
    Seen seen = track.seen();
    if (time <= seen.time() || !seen.goesOn(number, stuck.tolerance())) {
      return FINE;
    }
    Seen next = seen.next(number, time, stuck.tolerance());
    long since = time - next.sameSince();
    return next.same() >= stuck.valuesMin() && since >= stuck.forMillis()
        ? "the same for %d ms and %d values".formatted(since, next.same())
        : FINE;
  }

  private static String outlier(Check.Outlier outlier, double number, Track track) {
    RobustEstimate estimate = track.estimate();
    if (estimate.values() < outlier.valuesMin()) {
      return FINE;
    }
    double deviations = estimate.deviations(number);
    return deviations > outlier.deviations()
        ? "%s is %s deviations from %s; %s are usual"
            .formatted(
                Numbers.text(number),
                Numbers.text(Math.rint(deviations * 100) / 100),
                Numbers.text(estimate.level()),
                Numbers.text(outlier.deviations()))
        : FINE;
  }

  private static String expression(Check.Expression check, Value value, Context context) {
    if (!Numbers.isOne(value.value())) {
      return FINE;
    }
    Map<String, Object> facts = new HashMap<>();
    facts.put("value", Numbers.of(value.value()));
    facts.put("data", context.data());
    facts.put("metric", value.metric());
    facts.put("model", context.subject.model());
    facts.put("device_id", context.subject.deviceId());
    facts.put("age_ms", context.now.logTime() - context.measurement.timestamp());
    try {
      return check.condition().holds(facts)
          ? FINE
          : said(check.message(), check.condition().text());
    } catch (Condition.Undecided e) {
      return "cannot be decided: " + e.getMessage();
    }
  }

  /** A violation without a word is one, too. */
  private static String said(String message, String rule) {
    return message.isBlank() ? "does not hold: " + rule : message;
  }

  private String custom(Check.Custom rule, Value value, Track track, Context context) {
    Seen seen = track.seen();
    long time = context.measurement.timestamp();
    Sample.Reading earlier =
        seen.isNothing() || time <= seen.time()
            ? null
            : new Sample.Reading(new io.twinlog.domain.Scalar.Decimal(seen.value()), seen.time());
    Verdict verdict =
        custom.check(
            rule,
            new Sample(
                new Sample.Subject(
                    context.subject.deviceId(), context.subject.model(), value.metric()),
                new Sample.Reading(value.value(), time),
                earlier,
                context.values(),
                context.now.logTime()));
    return verdict.violated() ? said(verdict.message(), rule.uses()) : FINE;
  }
}
