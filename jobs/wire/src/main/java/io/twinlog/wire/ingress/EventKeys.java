// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Event;
import io.twinlog.wire.Topic;

/** What an event is keyed by behind the router. Does not know its place. */
public final class EventKeys {
  private EventKeys() {}

  /** The id of its alert, of its device, of its service, of its user, or its own. */
  public static String of(Event event, EventPlace place) {
    if (place.topic() == Topic.EVENTS_ERROR) {
      return ErrorKeys.of(event);
    }
    return switch (place.category()) {
      case DOMAIN -> DeviceIds.of(event);
      case SYSTEM -> ServiceIds.of(event);
      case USER -> userOrId(event);
      case INTEGRATION -> event.getId();
    };
  }

  private static String userOrId(Event event) {
    String user = event.getMetadata().getUserId();
    return user == null ? event.getId() : user;
  }
}
