// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.router.Router.Position;
import io.twinlog.router.Routes.Route;
import io.twinlog.schemas.Event;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.EventPlace;
import io.twinlog.wire.ingress.FastEvents;
import io.twinlog.wire.middleware.EventMiddleware.Outcome;
import io.twinlog.wire.middleware.MiddlewareChain;
import io.twinlog.wire.middleware.Replacements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The way of an event through the router: read in one of two ways, which tell the same; not
 * expired, through the middleware, into the topic of its category; all of it by one set of rules.
 * It writes no dead letters.
 */
final class EventRoute {
  private static final Header AHEAD = Header.of(HeaderNames.FLAGS, RoutingRules.CLOCK_SKEW);

  private final EventDecoders decoders;
  private final RoutingRules rules;
  private final Routes routes;
  private final MiddlewareChain middleware;
  private final Outputs outputs;
  private final Handling handling;
  private final SingleObject singleObject = new SingleObject();
  private final RoutedEvent.Checks checks;
  private boolean discarded;

  EventRoute(RuleSet rules, EventDecoders decoders, Steps steps, Outputs outputs) {
    this.decoders = decoders;
    RuleSet laidOver = rules.over(steps.categories());
    this.rules = laidOver.routing();
    this.routes = new Routes(laidOver, steps.handlers());
    this.middleware = steps.middleware();
    this.outputs = outputs;
    this.checks = new RoutedEvent.Checks(new Replacements(decoders.inbox()), singleObject);
    this.handling = new Handling(decoders.inbox(), routes, outputs, singleObject);
  }

  /**
   * What a user adds to the way of an event.
   *
   * @param categories of the types that a jar declares
   */
  record Steps(
      MiddlewareChain middleware, Handlers handlers, SortedMap<String, Category> categories) {}

  /** Whether the handler of the last event made nothing of it. */
  boolean discarded() {
    return discarded;
  }

  /**
   * How a record came here.
   *
   * @param more headers for what is written of it
   * @param inbox that it stood in, if it did: there it may be a little larger than what is sent
   * @param handled its handler has made it, and must not get it again
   */
  record Way(List<Header> more, Optional<Topic> inbox, boolean handled) {
    /** A producer has sent it. */
    static final Way SENT = new Way(List.of(), Optional.empty(), false);

    /** What a job has told of a device has a type that goes elsewhere where the device says it. */
    private EventPlace place(Route route) {
      return inbox.filter(Topic.EVENTS_ERROR::equals).isPresent()
          ? new EventPlace(route.place().category(), Topic.EVENTS_ERROR)
          : route.place();
    }
  }

  /** Writes the event of a record, or says why not. */
  Optional<Rejection> route(SourceRecord record, Position position, Way way) {
    discarded = false;
    FastEvents fast = decoders.fast();
    // What headers say beside the value, only the decoder reads.
    boolean plain = !CloudEvents.isBinary(record.headers());
    if (plain && fast.read(record.value(), record.header(HeaderNames.CONTENT_TYPE))) {
      Route route = routes.of(fast.eventType());
      // What is required beside the schema can only be asked of an event that is opened.
      if (route.requirements().isEmpty()) {
        return route(new ScannedEvent(fast, singleObject), route, position, way);
      }
    }
    EventDecoder opener = way.inbox().isPresent() ? decoders.inbox() : decoders.sent();
    Decoded<Event> decoded = opener.decodeRecord(record.value(), record.headers());
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      return Optional.of(new Rejection(bad.reason(), bad.errors()));
    }
    Event event = ((Decoded.Valid<Event>) decoded).value();
    Route route = routes.of(event.getEventType());
    List<Reason> broken = Requirements.broken(route.requirements(), event);
    return broken.isEmpty()
        ? route(new OpenedEvent(event, singleObject), route, position, way)
        : Optional.of(new Rejection(DeadLetterReason.INVALID_PAYLOAD, broken));
  }

  private Optional<Rejection> route(RoutableEvent event, Route route, Position position, Way way) {
    if (RoutingRules.expired(event.timestamp(), event.ttl(), position.clock().wall())) {
      String timestamp = Instant.ofEpochMilli(event.timestamp()).toString();
      Reason expired = Router.expired("metadata.ttl", timestamp, event.ttl());
      return Optional.of(Rejection.of(DeadLetterReason.EXPIRED, expired));
    }
    RoutedEvent context = new RoutedEvent(event, route, position.clock().moment(), checks);
    MiddlewareChain.Result result =
        middleware.run(context, () -> write(context, route, position, way));
    discarded = result.outcome() == Outcome.DISCARDED;
    return rejection(event, result);
  }

  private static Optional<Rejection> rejection(RoutableEvent event, MiddlewareChain.Result result) {
    return switch (result.outcome()) {
      case ROUTED, DISCARDED, WAITING -> Optional.empty();
      case STOPPED ->
          Optional.of(
              Rejection.of(DeadLetterReason.STOPPED, new Reason("stopped", "", result.why())));
      case NO_HANDLER ->
          Optional.of(
              Rejection.of(
                  DeadLetterReason.NO_HANDLER,
                  new Reason("no_handler", "event_type", "nothing handles " + event.eventType())));
      case FAILED ->
          Optional.of(
              Rejection.of(
                  DeadLetterReason.HANDLER_FAILED, new Reason("handler_failed", "", result.why())));
    };
  }

  private MiddlewareChain.Result write(
      RoutedEvent context, Route route, Position position, Way way) {
    if (!route.handled()) {
      return new MiddlewareChain.Result(Outcome.NO_HANDLER, "");
    }
    if (route.handler().isPresent() && !way.handled()) {
      return handling.run(
          context.routable().event(),
          route,
          context.now(),
          event -> headers(event, position.clock(), way.more()));
    }
    RoutableEvent event = context.routable();
    EventPlace place = way.place(route);
    outputs.add(
        place.topic(),
        event.key(place),
        event.eventType(),
        event.value(),
        headers(event, position.clock(), way.more()));
    return MiddlewareChain.Result.ROUTED;
  }

  private List<Header> headers(RoutableEvent event, LogClock clock, List<Header> more) {
    byte[] traceparent = event.traceparent();
    boolean ahead = rules.runsAhead(event.timestamp(), clock.wall());
    if (traceparent == null && more.isEmpty()) {
      return ahead ? List.of(AHEAD) : List.of();
    }
    List<Header> headers = new ArrayList<>(3);
    if (traceparent != null) {
      headers.add(new Header(HeaderNames.TRACEPARENT, traceparent));
    }
    headers.addAll(more);
    if (ahead) {
      headers.add(AHEAD);
    }
    return headers;
  }
}
