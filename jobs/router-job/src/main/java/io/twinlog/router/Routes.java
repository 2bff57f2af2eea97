// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.TypePattern;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules.Requirement;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.EventPlace;
import java.util.HashMap;
import java.util.List;
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
   * @param requirements that its events must fulfil
   */
  record Route(
      EventPlace place,
      boolean handled,
      Optional<EventHandler> handler,
      List<Requirement> requirements) {
    Category category() {
      return place.category();
    }

    Topic topic() {
      return place.topic();
    }
  }

  private final RuleSet rules;
  private final Handlers handlers;
  private final Map<String, Route> known = new HashMap<>();

  Routes(RuleSet rules, Handlers handlers) {
    this.rules = rules;
    this.handlers = handlers;
  }

  Route of(String eventType) {
    Route route = known.get(eventType);
    if (route == null) {
      if (known.size() == TYPES_MAX) {
        known.clear();
      }
      Category category = rules.routing().category(eventType);
      Optional<EventHandler> handler = handlers.of(eventType);
      boolean handled = handler.isPresent() || !rules.routing().lacksHandler(eventType);
      EventPlace place = EventPlace.of(eventType, category);
      route = new Route(place, handled, handler, requirements(eventType));
      known.put(eventType, route);
    }
    return route;
  }

  private List<Requirement> requirements(String eventType) {
    return rules.validation().requirements().stream()
        .filter(
            requirement ->
                requirement.types().stream()
                    .anyMatch(pattern -> TypePattern.matches(pattern, eventType)))
        .toList();
  }
}
