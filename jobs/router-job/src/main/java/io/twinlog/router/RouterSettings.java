// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.routing.TypePattern;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.flink.RulesOptions;
import io.twinlog.flink.SettingsException;
import io.twinlog.wire.ingress.DecoderLimits;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the router job.
 *
 * @param rules that hold until others are published, and where those say nothing
 * @param strictCatalogue of the same kind
 * @param rulesWait how long to wait for rules that are in force and not there
 */
record RouterSettings(
    RoutingRules rules,
    DecoderLimits limits,
    boolean strictCatalogue,
    int attemptsMax,
    Duration rulesWait)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static final ConfigOption<Duration> MAX_FUTURE_SKEW =
      ConfigOptions.key("router.max-future-skew")
          .durationType()
          .defaultValue(Duration.ofMillis(RoutingRules.DEFAULT.maxFutureSkew()))
          .withDescription(
              "How far a timestamp may run ahead of log time. Beyond, the event is accepted, clamped, and flagged"
                  + " clock_skew. Published rules may say otherwise.");

  static final ConfigOption<Map<String, String>> CATEGORIES =
      ConfigOptions.key("router.categories")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Categories of event types beside the built-in ones: a type or a prefix with a star (factory.*) to"
                  + " DOMAIN, SYSTEM, USER or INTEGRATION. The closest pattern holds. Published rules may add others.");

  static final ConfigOption<List<String>> MUST_BE_HANDLED =
      ConfigOptions.key("router.must-be-handled")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Types, or prefixes with a star, that become dead letters no_handler where nothing handles them. All"
                  + " others go to the topic of their category. Published rules may say otherwise.");

  static final ConfigOption<Boolean> STRICT =
      ConfigOptions.key("catalogue.strict")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether every event type must have a schema in the catalogue, not only the built-in ones. Published"
                  + " rules may say otherwise.");

  static final ConfigOption<MemorySize> DOCUMENT =
      ConfigOptions.key("router.limits.document")
          .memoryType()
          .defaultValue(new MemorySize(DecoderLimits.DEFAULT.documentBytes()))
          .withDescription("Largest value that is decoded; at most 1 MiB.");

  static final ConfigOption<Integer> DEPTH =
      ConfigOptions.key("router.limits.depth")
          .intType()
          .defaultValue(DecoderLimits.DEFAULT.depth())
          .withDescription("Deepest nesting of objects and arrays.");

  static final ConfigOption<Integer> STRING =
      ConfigOptions.key("router.limits.string")
          .intType()
          .defaultValue(DecoderLimits.DEFAULT.stringLength())
          .withDescription("Longest string, in characters.");

  static final ConfigOption<Integer> NAME =
      ConfigOptions.key("router.limits.name")
          .intType()
          .defaultValue(DecoderLimits.DEFAULT.nameLength())
          .withDescription("Longest name of a field, in characters.");

  static final ConfigOption<Integer> ATTEMPTS =
      ConfigOptions.key("router.redrive.max-attempts")
          .intType()
          .defaultValue(5)
          .withDescription(
              "How often a record may be tried, the first time included; at least 2. A dead letter of the last attempt"
                  + " has the reason attempts_exhausted, and its redrive is refused.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          MAX_FUTURE_SKEW,
          CATEGORIES,
          MUST_BE_HANDLED,
          STRICT,
          DOCUMENT,
          DEPTH,
          STRING,
          NAME,
          ATTEMPTS,
          RulesOptions.WAIT);

  /** What holds under version 0 of the rules. */
  RuleSet base() {
    return new RuleSet(
        0, rules, new ValidationRules(strictCatalogue, List.of()), QualityRules.DEFAULT);
  }

  /**
   * Reads them.
   *
   * @throws SettingsException when one is not as it must be
   */
  static RouterSettings of(ReadableConfig settings) {
    TreeMap<String, Category> categories = new TreeMap<>(RoutingRules.DEFAULT.categories());
    settings
        .get(CATEGORIES)
        .forEach(
            (pattern, name) ->
                categories.put(pattern(CATEGORIES, pattern), category(pattern, name)));
    settings.get(MUST_BE_HANDLED).forEach(pattern -> pattern(MUST_BE_HANDLED, pattern));
    return new RouterSettings(
        new RoutingRules(
            categories,
            settings.get(MAX_FUTURE_SKEW).toMillis(),
            List.copyOf(settings.get(MUST_BE_HANDLED))),
        limits(settings),
        settings.get(STRICT),
        attemptsMax(settings.get(ATTEMPTS)),
        settings.get(RulesOptions.WAIT));
  }

  private static int attemptsMax(int attempts) {
    if (attempts < 2) {
      throw new SettingsException(
          ATTEMPTS.key() + ": " + attempts + " is too small: 2 is one redrive");
    }
    return attempts;
  }

  private static DecoderLimits limits(ReadableConfig settings) {
    try {
      return new DecoderLimits(
          Math.toIntExact(settings.get(DOCUMENT).getBytes()),
          settings.get(DEPTH),
          settings.get(STRING),
          settings.get(NAME));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new SettingsException("router.limits: " + e.getMessage(), e);
    }
  }

  private static String pattern(ConfigOption<?> option, String pattern) {
    if (!TypePattern.isPattern(pattern)) {
      throw new SettingsException(
          option.key() + ": " + pattern + " is neither an event type nor a prefix with .*");
    }
    return pattern;
  }

  private static Category category(String pattern, String name) {
    try {
      return Category.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          CATEGORIES.key()
              + "."
              + pattern
              + ": "
              + name
              + " is none of DOMAIN, SYSTEM, USER, INTEGRATION",
          e);
    }
  }
}
