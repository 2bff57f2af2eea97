// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.middleware;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;

/** An event on its way through the router, as middleware sees it. Lives for one event. */
public interface MiddlewareContext {
  String eventType();

  Category category();

  /** Time in the log; there is no other in a router. */
  Moment now();

  /**
   * The event as a record: a copy of its own at each call. To open it costs more than all else that
   * is done with it: who needs no more than its type or category should not ask.
   */
  Event event();

  /**
   * Puts another event in the place of this one. Id, event_type, source and key stay, and it must
   * be one that the router would take from a producer.
   *
   * @throws IllegalArgumentException when it is not so; the message says what is wrong
   */
  void replace(Event enriched);

  /**
   * Makes an event that belongs to no flow the root of its own, without opening it. Twinlog's own
   * enrichment has done so before any other is asked.
   */
  void makeRoot();
}
