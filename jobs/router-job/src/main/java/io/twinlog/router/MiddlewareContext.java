// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;

/** An event on its way through the router, as middleware sees it. Lives for one event. */
public final class MiddlewareContext {
  private final Moment now;
  private final Category category;
  private final SingleObject singleObject;
  private RoutableEvent routable;

  MiddlewareContext(
      RoutableEvent routable, Category category, Moment now, SingleObject singleObject) {
    this.routable = routable;
    this.category = category;
    this.now = now;
    this.singleObject = singleObject;
  }

  /**
   * The event as a record. To open it costs more than all else that is done with it: who needs no
   * more than its category should not ask.
   */
  public Event event() {
    if (!(routable instanceof OpenedEvent)) {
      routable = new OpenedEvent(routable.event(), singleObject);
    }
    return routable.event();
  }

  /** The event as it is to be written. */
  RoutableEvent routable() {
    return routable;
  }

  /** Makes an event that belongs to no flow the root of its own. */
  void makeRoot() {
    routable = routable.rooted();
  }

  /**
   * Puts another event in the place of this one. What routing rests on stays: id, event_type and
   * source must be the same.
   *
   * @throws IllegalArgumentException when they are not
   */
  public void replace(Event enriched) {
    Event event = event();
    boolean same =
        enriched.getId().equals(event.getId())
            && enriched.getEventType().equals(event.getEventType())
            && enriched.getSource().equals(event.getSource());
    if (!same) {
      throw new IllegalArgumentException(
          "middleware may not change id, event_type or source of " + event.getId());
    }
    routable = new OpenedEvent(enriched, singleObject);
  }

  public Category category() {
    return category;
  }

  /** Time in the log; there is no other in a router. */
  public Moment now() {
    return now;
  }
}
