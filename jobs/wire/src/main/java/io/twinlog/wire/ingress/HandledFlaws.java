// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.Optional;

/**
 * What is wrong with events that a handler made where it was tried again, as inputs of a key. It
 * does not know what rules were published: an output must be of the inbox by what Twinlog and the
 * jars themselves say of its type. The limits are the largest that any router has. Not for threads
 * to share.
 */
public final class HandledFlaws {
  private final SingleObject singleObject = new SingleObject();
  private final Topic inbox;
  private final EventPlace place;
  private EventDecoder decoder;
  private RoutingRules rules;

  /**
   * @param inbox in which the event waited
   */
  public HandledFlaws(Topic inbox) {
    this.inbox = inbox;
    this.place =
        switch (inbox) {
          case EVENTS_DOMAIN -> new EventPlace(Category.DOMAIN, inbox);
          case EVENTS_SYSTEM, EVENTS_ERROR -> new EventPlace(Category.SYSTEM, inbox);
          default -> throw new IllegalArgumentException("no event waits in " + inbox.text());
        };
  }

  /**
   * What is wrong with an event as an input of this key; empty: nothing.
   *
   * @param handledType type of the event that was handled: a router has put it here
   */
  public Optional<String> of(String key, Event event, String handledType) {
    if (decoder == null) {
      Catalogue catalogue = Catalogue.installed(false);
      decoder = new EventDecoder(catalogue, DecoderLimits.LARGEST);
      rules = RoutingRules.DEFAULT.over(catalogue.declaredCategories());
    }
    Decoded<Event> decoded = decoder.decode(singleObject.encode(event), null);
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      return Optional.of(bad.errors().get(0).toString());
    }
    String of = place.key(event);
    String type = event.getEventType();
    if (!of.equals(key)) {
      return Optional.of(type + " is of " + of + ", not of " + key);
    }
    return type.equals(handledType) || isOfInbox(type)
        ? Optional.empty()
        : Optional.of(
            "%s is not of %s, as the event is; where a handler is tried again it may make %s, and what is put there without published rules, as %s are"
                .formatted(type, inbox.text(), handledType, builtIn()));
  }

  private String builtIn() {
    return switch (inbox) {
      case EVENTS_DOMAIN -> "device.* and data.*";
      case EVENTS_ERROR -> "system.error and recovery.*";
      default -> "service.* and health.*";
    };
  }

  private boolean isOfInbox(String type) {
    return EventPlace.of(type, rules.category(type)).topic() == inbox;
  }
}
