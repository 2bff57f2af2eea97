// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.Outputs;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The way of events under each version of the rules. Nearly every record asks for the version that
 * the one before it asked for; source partitions that are read at different times have different
 * ones.
 */
final class EventRoutes {
  /** Versions kept ready; partitions are rarely further apart. */
  static final int VERSIONS_MAX = 16;

  private final RuleBook book;
  private final Function<Boolean, EventDecoders> decodersOf;
  private final EventRoute.Steps steps;
  private final Outputs outputs;
  private final Map<Boolean, EventDecoders> decoders = new HashMap<>();
  private final Map<Long, EventRoute> routes = new LinkedHashMap<>(VERSIONS_MAX, 0.75f, true);
  private long lastVersion;
  private EventRoute last;

  /**
   * @param decodersOf by whether each event type must have a schema
   */
  EventRoutes(
      RuleBook book,
      Function<Boolean, EventDecoders> decodersOf,
      EventRoute.Steps steps,
      Outputs outputs) {
    this.book = book;
    this.decodersOf = decodersOf;
    this.steps = steps;
    this.outputs = outputs;
  }

  /** The way under a version; waits for rules that are published and have not arrived yet. */
  EventRoute at(long version) {
    if (last == null || version != lastVersion) {
      EventRoute known = routes.get(version);
      last = known == null ? keep(version, route(book.at(version))) : known;
      lastVersion = version;
    }
    return last;
  }

  private EventRoute route(RuleSet rules) {
    boolean strict = rules.validation().strictCatalogue();
    return new EventRoute(rules, decoders.computeIfAbsent(strict, decodersOf), steps, outputs);
  }

  private EventRoute keep(long version, EventRoute route) {
    routes.put(version, route);
    if (routes.size() > VERSIONS_MAX) {
      Iterator<Long> longestUnused = routes.keySet().iterator();
      longestUnused.next();
      longestUnused.remove();
    }
    return route;
  }
}
