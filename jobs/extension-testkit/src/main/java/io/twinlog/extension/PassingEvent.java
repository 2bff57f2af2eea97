// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.EventPlace;
import io.twinlog.wire.middleware.MiddlewareContext;
import io.twinlog.wire.middleware.Replacements;

/** An event that passes middleware: under the router's rules, without its haste. */
final class PassingEvent implements MiddlewareContext {
  private final EventPlace place;
  private final Moment now;
  private final Replacements replacements;
  private Event event;

  PassingEvent(Event event, EventPlace place, Moment now, EventDecoder decoder) {
    this.event = event;
    this.place = place;
    this.now = now;
    this.replacements = new Replacements(decoder);
    makeRoot();
  }

  @Override
  public String eventType() {
    return event.getEventType();
  }

  @Override
  public Category category() {
    return place.category();
  }

  @Override
  public Moment now() {
    return now;
  }

  @Override
  public Event event() {
    return Event.newBuilder(event).build();
  }

  /** As it goes on. */
  Event passed() {
    return event;
  }

  @Override
  public void replace(Event enriched) {
    replacements.require(event, enriched, place);
    event = Event.newBuilder(enriched).build();
  }

  @Override
  public void makeRoot() {
    if (event.getMetadata().getCorrelationId() == null) {
      EventMetadata metadata =
          EventMetadata.newBuilder(event.getMetadata()).setCorrelationId(event.getId()).build();
      event = Event.newBuilder(event).setMetadata(metadata).build();
    }
  }
}
