// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;

/** An event on its way through the router, as middleware sees it. Lives for one event. */
public final class EventContext {
  private final Moment now;
  private final Category category;
  private Event event;

  EventContext(Event event, Category category, Moment now) {
    this.event = event;
    this.category = category;
    this.now = now;
  }

  public Event event() {
    return event;
  }

  /**
   * Puts another event in the place of this one. What routing rests on stays: id, event_type and
   * source must be the same.
   *
   * @throws IllegalArgumentException when they are not
   */
  public void replace(Event enriched) {
    boolean same =
        enriched.getId().equals(event.getId())
            && enriched.getEventType().equals(event.getEventType())
            && enriched.getSource().equals(event.getSource());
    if (!same) {
      throw new IllegalArgumentException(
          "middleware may not change id, event_type or source of " + event.getId());
    }
    event = enriched;
  }

  public Category category() {
    return category;
  }

  /** Time in the log; there is no other in a router. */
  public Moment now() {
    return now;
  }
}
