// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.rules.log.RuleBooks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Rules of a few versions, written by hand: what is under test is when each holds. */
final class TestingRules {
  /** More than 20 degrees are refused from version 2 on. */
  static final String COOL = "cool";

  /** A temperature must be there from version 2 on. */
  static final String MEASURED = "measured";

  private TestingRules() {}

  /** Any number of routers may open it: it is the same for all. */
  static RuleBooks books() {
    return base -> (RuleBook) version -> at(version, base);
  }

  /** Those of a version; there are none above 4. */
  private static RuleSet at(long version, RuleSet base) {
    return switch ((int) version) {
      case 0 -> base;
      case 1 -> set(version, base, Category.DOMAIN, 5 * 60_000, false);
      case 2 -> set(version, base, Category.USER, 1_000, false, cool(), measured());
      case 3 -> set(version, base, Category.USER, 1_000, true);
      case 4 -> set(version, base, Category.USER, 1_000, false, broken());
      default ->
          throw new SuppressRestartsException(
              new IllegalStateException("there is no version " + version));
    };
  }

  private static RuleSet set(
      long version,
      RuleSet base,
      Category acme,
      long skew,
      boolean strict,
      Requirement... requirements) {
    TreeMap<String, Category> categories = new TreeMap<>(base.routing().categories());
    categories.put("acme.*", acme);
    return new RuleSet(
        version,
        new RoutingRules(categories, skew, base.routing().mustBeHandled()),
        new ValidationRules(strict, List.of(requirements)),
        QualityRules.DEFAULT);
  }

  /** The same requirement of each of these types. */
  static RuleSet requiring(String... types) {
    Requirement requirement =
        new Requirement(COOL, Arrays.asList(types), cool().condition(), "too hot");
    return new RuleSet(
        1,
        RoutingRules.DEFAULT,
        new ValidationRules(false, List.of(requirement)),
        QualityRules.DEFAULT);
  }

  private static Requirement cool() {
    return new Requirement(
        COOL,
        List.of("data.*"),
        new TestingCondition("temperature <= 20", facts -> temperature(facts) <= 20),
        "too hot");
  }

  private static Requirement measured() {
    return new Requirement(
        MEASURED,
        List.of("data.collected"),
        new TestingCondition("has(temperature)", facts -> data(facts).containsKey("temperature")),
        "no temperature");
  }

  private static Requirement broken() {
    return new Requirement(
        "broken",
        List.of("data.*"),
        new TestingCondition(
            "1 / 0 == 1",
            facts -> {
              throw new IllegalStateException("divided by zero");
            }),
        "a defect");
  }

  private static double temperature(Map<String, ?> facts) {
    if (data(facts).get("temperature") instanceof Number number) {
      return number.doubleValue();
    }
    throw new Condition.Undecided("there is no temperature", null);
  }

  private static Map<?, ?> data(Map<String, ?> facts) {
    return facts.get("payload") instanceof Map<?, ?> payload
            && payload.get("data") instanceof Map<?, ?> data
        ? data
        : Map.of();
  }

  private record TestingCondition(String text, Predicate<Map<String, ?>> holding)
      implements Condition {
    @Override
    public boolean holds(Map<String, ?> facts) {
      return holding.test(facts);
    }
  }
}
