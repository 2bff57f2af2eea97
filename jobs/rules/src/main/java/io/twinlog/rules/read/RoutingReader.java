// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.routing.TypePattern;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code routing}. */
final class RoutingReader {
  private static final long SKEW_MAX = 7 * 86_400_000L;
  private static final int PATTERN_LENGTH_MAX = 128;

  /** What the jobs of Twinlog read where it is routed to now. */
  private static final List<String> OURS =
      List.of("device.", "data.", "service.", "health.", "system.", "recovery.");

  private static final List<String> CATEGORIES =
      Arrays.stream(Category.values()).map(Category::name).toList();

  private final Findings findings;
  private final Values values;

  RoutingReader(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  RoutingRules read(Section section, RoutingRules base) {
    section.only("max_future_skew", "categories", "must_be_handled");
    return new RoutingRules(
        section.has("categories") ? categories(section) : base.categories(),
        section.duration("max_future_skew", 0, SKEW_MAX, base.maxFutureSkew()),
        section.has("must_be_handled") ? mustBeHandled(section) : base.mustBeHandled());
  }

  /** Beside the built-in ones. */
  private SortedMap<String, Category> categories(Section section) {
    TreeMap<String, Category> categories = new TreeMap<>(RoutingRules.DEFAULT.categories());
    section
        .entries("categories", RuleLimits.CATEGORIES_MAX)
        .forEach(
            (pattern, value) -> {
              Optional<Category> category = values.choice(value, CATEGORIES).map(Category::valueOf);
              if (isPattern(value.keySpot(), pattern) && category.isPresent()) {
                requireOurs(value, pattern, category.get());
                categories.put(pattern, category.get());
              }
            });
    return categories;
  }

  private void requireOurs(Value value, String pattern, Category category) {
    Category ours = RoutingRules.DEFAULT.category(pattern);
    if (isOurs(pattern) && category != ours) {
      findings.add(
          value.spot(),
          FindingCode.CONTRADICTION,
          "events of " + pattern + " are " + ours + ": a job of Twinlog reads them there");
    }
  }

  private static boolean isOurs(String pattern) {
    return OURS.stream().anyMatch(pattern::startsWith);
  }

  private List<String> mustBeHandled(Section section) {
    List<String> patterns = patterns(section, "must_be_handled");
    for (Value item : section.items("must_be_handled", RuleLimits.PATTERNS_MAX)) {
      values
          .text(item, PATTERN_LENGTH_MAX)
          .filter(RoutingReader::isOurs)
          .ifPresent(
              pattern ->
                  findings.add(
                      item.spot(),
                      FindingCode.CONTRADICTION,
                      "Twinlog handles "
                          + pattern
                          + " itself, so this has no effect: leave it out"));
    }
    return patterns;
  }

  /** Patterns of event types in a list. */
  List<String> patterns(Section section, String name) {
    List<String> patterns = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items(name, RuleLimits.PATTERNS_MAX)) {
      values
          .text(item, PATTERN_LENGTH_MAX)
          .filter(pattern -> isPattern(item.spot(), pattern))
          .ifPresent(
              pattern -> {
                taken.take(item.spot(), pattern);
                patterns.add(pattern);
              });
    }
    return patterns;
  }

  private boolean isPattern(Spot spot, String pattern) {
    boolean whole = !pattern.endsWith(".*");
    if (pattern.length() <= PATTERN_LENGTH_MAX
        && TypePattern.isPattern(pattern)
        && (!whole || pattern.contains("."))) {
      return true;
    }
    boolean segment = pattern.matches("[a-z][a-z0-9_]*");
    findings.add(
        spot,
        FindingCode.BAD_FORMAT,
        "must be an event type such as order.placed, or a prefix with a star such as order.*, is '"
            + pattern
            + (segment ? "'; write '" + pattern + ".*'" : "'"));
    return false;
  }
}
