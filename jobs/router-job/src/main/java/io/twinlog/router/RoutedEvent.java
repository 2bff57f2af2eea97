// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.Category;
import io.twinlog.router.Routes.Route;
import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.middleware.MiddlewareContext;
import io.twinlog.wire.middleware.Replacements;
import java.util.List;

/** An event on its way through the chain: bytes until somebody asks for more. */
final class RoutedEvent implements MiddlewareContext {
  private final Route route;
  private final Moment now;
  private final Checks checks;
  private RoutableEvent routable;

  RoutedEvent(RoutableEvent routable, Route route, Moment now, Checks checks) {
    this.routable = routable;
    this.route = route;
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
    return route.category();
  }

  @Override
  public Moment now() {
    return now;
  }

  /** A copy at each call: what one middleware does to it, no other sees. */
  @Override
  public Event event() {
    return Event.newBuilder(opened()).build();
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
  }

  @Override
  public void replace(Event enriched) {
    checks.replacements.require(opened(), enriched, route.place());
    List<Reason> broken = Requirements.broken(route.requirements(), enriched);
    if (!broken.isEmpty()) {
      throw Replacements.unsound(enriched, broken.get(0));
    }
    routable = new OpenedEvent(Event.newBuilder(enriched).build(), checks.singleObject);
  }
}
