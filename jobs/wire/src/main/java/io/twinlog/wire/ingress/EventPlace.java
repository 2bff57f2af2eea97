// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Topic;

/** Where events of a type go behind the router. What their category is, the rules say. */
public record EventPlace(Category category, Topic topic) {
  /** The place of events of a type, whose category is known. */
  public static EventPlace of(String eventType, Category category) {
    return new EventPlace(category, topic(eventType, category));
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

  /** What an event is keyed by there. */
  public String key(Event event) {
    return EventKeys.of(event, this);
  }

  /** Whether a job reads it there into an aggregate, with whose key it can wait. */
  public boolean hasAggregate() {
    return Topic.INBOXES.contains(topic);
  }
}
