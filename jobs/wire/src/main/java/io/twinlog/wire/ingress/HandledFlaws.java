// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.Optional;

/**
 * What is wrong with events that a handler made where it was tried again, as inputs of a device. It
 * does not know what rules were published: an output must be of the inbox by what Twinlog and the
 * jars themselves say of its type. The limits are the largest that any router has. Not for threads
 * to share.
 */
public final class HandledFlaws {
  private final SingleObject singleObject = new SingleObject();
  private EventDecoder decoder;
  private RoutingRules rules;

  /**
   * What is wrong with an event as an input of this device; empty: nothing.
   *
   * @param handledType type of the event that was handled: a router has put it here
   */
  public Optional<String> of(String deviceId, Event event, String handledType) {
    if (decoder == null) {
      Catalogue catalogue = Catalogue.installed(false);
      decoder = new EventDecoder(catalogue, DecoderLimits.LARGEST);
      rules = RoutingRules.DEFAULT.over(catalogue.declaredCategories());
    }
    Decoded<Event> decoded = decoder.decode(singleObject.encode(event), null);
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      return Optional.of(bad.errors().get(0).toString());
    }
    String of = DeviceIds.of(event);
    String type = event.getEventType();
    if (!of.equals(deviceId)) {
      return Optional.of(type + " is of " + of + ", not of " + deviceId);
    }
    return type.equals(handledType) || isOfInbox(type)
        ? Optional.empty()
        : Optional.of(
            "%s is not of %s, as the event is; where a handler is tried again it may make %s, and what is put there without published rules, as device.* and data.* are"
                .formatted(type, Topic.EVENTS_DOMAIN.text(), handledType));
  }

  private boolean isOfInbox(String type) {
    return EventPlace.of(type, rules.category(type)).topic() == Topic.EVENTS_DOMAIN;
  }
}
