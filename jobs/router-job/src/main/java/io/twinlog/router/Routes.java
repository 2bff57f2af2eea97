// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.EventPlace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
   * @param handler empty: an event of the type goes on as it is
   */
  record Route(EventPlace place, boolean handled, Optional<EventHandler> handler) {
    Category category() {
      return place.category();
    }

    Topic topic() {
      return place.topic();
    }
  }

  private final RoutingRules rules;
  private final Handlers handlers;
  private final Map<String, Route> known = new HashMap<>();

  Routes(RoutingRules rules, Handlers handlers) {
    this.rules = rules;
    this.handlers = handlers;
  }

  Route of(String eventType) {
    Route route = known.get(eventType);
    if (route == null) {
      if (known.size() == TYPES_MAX) {
        known.clear();
      }
      Category category = rules.category(eventType);
      Optional<EventHandler> handler = handlers.of(eventType);
      boolean handled = handler.isPresent() || !rules.lacksHandler(eventType);
      route = new Route(EventPlace.of(eventType, category), handled, handler);
      known.put(eventType, route);
    }
    return route;
  }
}
