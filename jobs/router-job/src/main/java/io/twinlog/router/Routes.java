// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.wire.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * Where events of a type go, asked of the rules once for each type. It remembers a bounded number:
 * types are chosen by strangers.
 */
final class Routes {
  private static final int TYPES_MAX = 1_000;

  /**
   * Where a type goes.
   *
   * @param handled false: nothing handles it, although something must
   */
  record Route(Category category, Topic topic, boolean handled) {}

  private final RoutingRules rules;
  private final Map<String, Route> known = new HashMap<>();

  Routes(RoutingRules rules) {
    this.rules = rules;
  }

  Route of(String eventType) {
    Route route = known.get(eventType);
    if (route == null) {
      if (known.size() == TYPES_MAX) {
        known.clear();
      }
      Category category = rules.category(eventType);
      route = new Route(category, topic(eventType, category), !rules.lacksHandler(eventType));
      known.put(eventType, route);
    }
    return route;
  }

  private static Topic topic(String eventType, Category category) {
    if (RoutingRules.tellsOfError(eventType)) {
      return Topic.EVENTS_ERROR;
    }
    return switch (category) {
      case DOMAIN -> Topic.EVENTS_DOMAIN;
      case SYSTEM -> Topic.EVENTS_SYSTEM;
      case USER -> Topic.EVENTS_USER;
      case INTEGRATION -> Topic.EVENTS_INTEGRATION;
    };
  }
}
