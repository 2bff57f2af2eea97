// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of rules as values by their paths, however it was written: rules of lists by their names,
 * times as durations. The version is no part of it.
 */
final class RuleView {
  /** The order of a list whose rules are known by their names; of no weight for what is in it. */
  static final String ORDER = "(order)";

  private final SortedMap<String, String> values = new TreeMap<>();

  private RuleView() {}

  static SortedMap<String, String> of(RuleSet rules) {
    RuleView view = new RuleView();
    view.routing(rules.routing());
    view.validation(rules.validation());
    view.quality(rules.quality());
    EscalationView.of(rules.escalation(), view::put);
    return view.values;
  }

  private void routing(RoutingRules routing) {
    put("routing.max_future_skew", Durations.text(routing.maxFutureSkew()));
    routing
        .categories()
        .forEach((pattern, category) -> put("routing.categories" + key(pattern), category));
    routing.mustBeHandled().forEach(pattern -> put("routing.must_be_handled" + key(pattern), ""));
  }

  private void validation(ValidationRules validation) {
    put("validation.strict_catalogue", validation.strictCatalogue());
    String list = "validation.requirements";
    putOrder(list, validation.requirements().stream().map(Requirement::name).toList());
    for (Requirement requirement : validation.requirements()) {
      String path = list + key(requirement.name());
      put(path + ".types", requirement.types().stream().sorted().toList());
      put(path + ".require", requirement.condition().text());
      put(path + ".message", requirement.message());
    }
  }

  private void quality(QualityRules quality) {
    put("quality.threshold", quality.threshold());
    put("quality.timeliness.late_after", Durations.text(quality.timeliness().lateAfter()));
    put("quality.timeliness.backfill_after", Durations.text(quality.timeliness().backfillAfter()));
    put("quality.timeliness.late_penalty", quality.timeliness().latePenalty());
    put("quality.timeliness.skew_penalty", quality.timeliness().skewPenalty());
    put("quality.results.keep", Durations.text(quality.keeping().forMillis()));
    put("quality.results.records_max", quality.keeping().recordsMax());
    put("quality.statistics.lateness", Durations.text(quality.statistics().lateness()));
    put("quality.statistics.keep", Durations.text(quality.statistics().keep()));
    metric("quality.defaults", quality.everyMetric());
    quality.metrics().forEach((metric, rules) -> named("quality.metrics" + key(metric), rules));
    quality
        .models()
        .forEach(
            (name, model) -> {
              String path = "quality.models" + key(name);
              put(path + ".required", model.required().stream().sorted().toList());
              model
                  .metrics()
                  .forEach((metric, rules) -> named(path + ".metrics" + key(metric), rules));
            });
    anomalies(quality.anomalies());
    triggers(quality.triggers());
  }

  /** A metric that is only named is known by that, too. */
  private void named(String path, MetricRules rules) {
    if (rules.checks().isEmpty() && rules.weight() == MetricRules.INHERITED) {
      put(path, "{}");
    }
    metric(path, rules);
  }

  private void metric(String path, MetricRules rules) {
    if (rules.weight() != MetricRules.INHERITED) {
      put(path + ".weight", rules.weight());
    }
    rules.checks().forEach(check -> check(path, check));
  }

  private void check(String path, Check check) {
    if (check instanceof Check.Off) {
      put(path + '.' + check.name(), "off");
    } else if (check instanceof Check.Type type) {
      put(path + ".type", type.kind().name().toLowerCase(Locale.ROOT));
    } else if (check instanceof Check.Range range) {
      span(path + ".range", range.min(), range.max());
      cost(path + ".range", check);
    } else if (check instanceof Check.Usual usual) {
      span(path + ".usual", usual.min(), usual.max());
      cost(path + ".usual", check);
    } else if (check instanceof Check.Rate rate) {
      put(path + ".rate.per_second", rate.perSecond());
      cost(path + ".rate", check);
    } else if (check instanceof Check.Stuck stuck) {
      put(path + ".stuck.for", Durations.text(stuck.forMillis()));
      put(path + ".stuck.values_min", stuck.valuesMin());
      put(path + ".stuck.tolerance", stuck.tolerance());
      cost(path + ".stuck", check);
    } else if (check instanceof Check.Outlier outlier) {
      put(path + ".outlier.deviations", outlier.deviations());
      put(path + ".outlier.values_min", outlier.valuesMin());
      cost(path + ".outlier", check);
    } else if (check instanceof Check.Expression expression) {
      String own = path + ".expressions" + key(check.name());
      put(own + ".check", expression.condition().text());
      put(own + ".message", expression.message());
      cost(own, check);
    } else if (check instanceof Check.Custom custom) {
      String own = path + ".custom" + key(check.name());
      put(own + ".uses", custom.uses());
      custom.settings().forEach((name, value) -> put(own + ".settings" + key(name), value));
      cost(own, check);
    } else {
      throw new IllegalStateException("no view of " + check);
    }
  }

  private void span(String path, double min, double max) {
    if (Double.isFinite(min)) {
      put(path + ".min", min);
    }
    if (Double.isFinite(max)) {
      put(path + ".max", max);
    }
  }

  private void cost(String path, Check check) {
    if (check.cost().hard()) {
      put(path + ".hard", true);
    } else {
      put(path + ".penalty", check.cost().penalty());
    }
  }

  private void anomalies(List<Anomaly> anomalies) {
    String list = "quality.anomalies";
    putOrder(list, anomalies.stream().map(Anomaly::name).toList());
    for (Anomaly anomaly : anomalies) {
      String path = list + key(anomaly.name());
      if (!anomaly.checks().isEmpty()) {
        put(path + ".checks", anomaly.checks().stream().sorted().toList());
      }
      Optional.ofNullable(anomaly.when()).ifPresent(when -> put(path + ".when", when.text()));
      put(path + ".severity", anomaly.severity().text());
      put(path + ".message", anomaly.message());
    }
  }

  private void triggers(List<Trigger> triggers) {
    String list = "quality.triggers";
    putOrder(list, triggers.stream().map(Trigger::name).toList());
    for (Trigger trigger : triggers) {
      String path = list + key(trigger.name());
      put(path + ".when", trigger.when().text());
      if (trigger.action() instanceof Action.Command command) {
        put(path + ".command.name", command.command());
        put(path + ".command.data", SortedJson.of(command.data()));
      } else if (trigger.action() instanceof Action.Event event) {
        put(path + ".event.event_type", event.eventType());
        put(path + ".event.payload", SortedJson.of(event.payload()));
      } else {
        throw new IllegalStateException("no view of " + trigger.action());
      }
    }
  }

  private void putOrder(String list, List<String> names) {
    if (!names.isEmpty()) {
      put(list + ORDER, String.join(", ", names));
    }
  }

  private static String key(String name) {
    return name.matches("[\\p{L}_][\\p{L}\\p{N}_-]*") ? '.' + name : "['" + name + "']";
  }

  private void put(String path, double value) {
    values.put(
        path, value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString());
  }

  private void put(String path, Object value) {
    values.put(path, String.valueOf(value).strip());
  }
}
