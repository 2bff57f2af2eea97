// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.routing;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be set about routing.
 *
 * @param categories by {@link TypePattern}; the closest one holds, {@link Category#INTEGRATION}
 *     where none does
 * @param maxFutureSkew how far a timestamp may run ahead of log time, ms; beyond, it is clamped and
 *     flagged
 * @param mustBeHandled patterns of types that become dead letters where nothing handles them
 */
public record RoutingRules(
    SortedMap<String, Category> categories, long maxFutureSkew, List<String> mustBeHandled)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The flag of an event whose timestamp runs ahead. */
  public static final String CLOCK_SKEW = "clock_skew";

  /** Types that the jobs of Twinlog handle themselves. */
  private static final List<String> BUILT_IN =
      List.of("device.*", "data.*", "service.*", "health.*", "system.*", "recovery.*");

  public static final RoutingRules DEFAULT =
      new RoutingRules(
          new TreeMap<>(
              Map.of(
                  "device.*", Category.DOMAIN,
                  "data.*", Category.DOMAIN,
                  "service.*", Category.SYSTEM,
                  "health.*", Category.SYSTEM,
                  "system.*", Category.SYSTEM,
                  "recovery.*", Category.SYSTEM,
                  "user.*", Category.USER)),
          5 * 60_000,
          List.of());

  /**
   * These rules laid over what jars declare of single types: of a type that both name, these hold.
   */
  public RoutingRules over(SortedMap<String, Category> declared) {
    if (declared.isEmpty()) {
      return this;
    }
    TreeMap<String, Category> all = new TreeMap<>(declared);
    all.putAll(categories);
    return new RoutingRules(all, maxFutureSkew, mustBeHandled);
  }

  public Category category(String eventType) {
    return categories.entrySet().stream()
        .filter(entry -> TypePattern.matches(entry.getKey(), eventType))
        .max(Comparator.comparingInt(entry -> TypePattern.closeness(entry.getKey())))
        .map(Map.Entry::getValue)
        .orElse(Category.INTEGRATION);
  }

  /** Whether the event tells of an error or of its recovery: those go to the inbox of alerts. */
  public static boolean tellsOfError(String eventType) {
    return eventType.equals("system.error") || eventType.startsWith("recovery.");
  }

  /** Whether nothing handles the type although it is set that something must. */
  public boolean lacksHandler(String eventType) {
    return BUILT_IN.stream().noneMatch(pattern -> TypePattern.matches(pattern, eventType))
        && mustBeHandled.stream().anyMatch(pattern -> TypePattern.matches(pattern, eventType));
  }

  /**
   * Whether the timestamp runs too far ahead of log time; it never does while log time is not
   * known.
   */
  public boolean runsAhead(long timestamp, long logTime) {
    return logTime != 0 && timestamp - maxFutureSkew > logTime;
  }

  /** Whether something of that age is of no use any more. {@code ttl}: ms, or negative for none. */
  public static boolean expired(long timestamp, long ttl, long logTime) {
    return ttl >= 0 && logTime != 0 && timestamp < logTime - ttl;
  }
}
