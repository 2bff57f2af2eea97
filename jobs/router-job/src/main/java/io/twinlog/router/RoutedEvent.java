// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.middleware.MiddlewareContext;
import io.twinlog.wire.middleware.Replacements;

/** An event on its way through the chain: bytes until somebody asks for more. */
final class RoutedEvent implements MiddlewareContext {
  private final Category category;
  private final Moment now;
  private final Checks checks;
  private RoutableEvent routable;
  private Event shown;

  RoutedEvent(RoutableEvent routable, Category category, Moment now, Checks checks) {
    this.routable = routable;
    this.category = category;
    this.now = now;
    this.checks = checks;
  }

  /** What a changed event is checked and written by. */
  record Checks(Replacements replacements, SingleObject singleObject) {}

  @Override
  public String eventType() {
    return routable.eventType();
  }

  @Override
  public Category category() {
    return category;
  }

  @Override
  public Moment now() {
    return now;
  }

  /** A copy: what is done to it is done to nothing else. */
  @Override
  public Event event() {
    if (shown == null) {
      shown = Event.newBuilder(opened()).build();
    }
    return shown;
  }

  private Event opened() {
    if (!(routable instanceof OpenedEvent)) {
      routable = new OpenedEvent(routable.event(), checks.singleObject);
    }
    return routable.event();
  }

  /** The event as it is to be written. */
  RoutableEvent routable() {
    return routable;
  }

  @Override
  public void makeRoot() {
    routable = routable.rooted();
    shown = null;
  }

  @Override
  public void replace(Event enriched) {
    checks.replacements.require(opened(), enriched, category);
    routable = new OpenedEvent(Event.newBuilder(enriched).build(), checks.singleObject);
    shown = null;
  }
}
