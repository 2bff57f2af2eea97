// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.Category;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.Trace;
import io.twinlog.router.EventMiddleware.Outcome;
import io.twinlog.router.Router.Position;
import io.twinlog.schemas.Event;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DeviceIds;
import io.twinlog.wire.ingress.EventDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of an event through the router: decoded, not expired, through the middleware, into the
 * topic of its category. It writes no dead letters.
 */
final class EventRoute {
  /** The flag of an event whose timestamp runs ahead. */
  static final String CLOCK_SKEW = "clock_skew";

  private final EventDecoder decoder;
  private final RoutingRules rules;
  private final MiddlewareChain middleware;
  private final Outputs outputs;
  private final SingleObject singleObject = new SingleObject();

  EventRoute(
      EventDecoder decoder, RoutingRules rules, MiddlewareChain middleware, Outputs outputs) {
    this.decoder = decoder;
    this.rules = rules;
    this.middleware = middleware;
    this.outputs = outputs;
  }

  /**
   * Writes the event of a record, or says why not.
   *
   * @param more headers for what is written
   */
  Optional<Rejection> route(SourceRecord record, Position position, List<Header> more) {
    Decoded<Event> decoded = decoder.decode(record.value(), Router.contentType(record));
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      return Optional.of(new Rejection(bad.reason(), bad.errors()));
    }
    Event event = ((Decoded.Valid<Event>) decoded).value();
    long ttl = event.getMetadata().getTtl() == null ? -1 : event.getMetadata().getTtl();
    long timestamp = event.getTimestamp().toEpochMilli();
    if (RoutingRules.expired(timestamp, ttl, position.clock().wall())) {
      Reason expired = Router.expired("metadata.ttl", event.getTimestamp().toString(), ttl);
      return Optional.of(Rejection.of(DeadLetterReason.EXPIRED, expired));
    }
    Category category = rules.category(event.getEventType());
    EventContext context = new EventContext(event, category, position.clock().moment());
    return rejection(event, middleware.run(context, c -> write(c, position, more)));
  }

  private static Optional<Rejection> rejection(Event event, MiddlewareChain.Result result) {
    return switch (result.outcome()) {
      case ROUTED -> Optional.empty();
      case STOPPED ->
          Optional.of(
              Rejection.of(DeadLetterReason.STOPPED, new Reason("stopped", "", result.why())));
      case NO_HANDLER ->
          Optional.of(
              Rejection.of(
                  DeadLetterReason.NO_HANDLER,
                  new Reason(
                      "no_handler", "event_type", "nothing handles " + event.getEventType())));
      case FAILED ->
          Optional.of(
              Rejection.of(
                  DeadLetterReason.HANDLER_FAILED, new Reason("handler_failed", "", result.why())));
    };
  }

  private Outcome write(EventContext context, Position position, List<Header> more) {
    Event event = context.event();
    if (rules.lacksHandler(event.getEventType())) {
      return Outcome.NO_HANDLER;
    }
    boolean ahead = rules.runsAhead(event.getTimestamp().toEpochMilli(), position.clock().wall());
    Topic topic = topic(event.getEventType(), context.category());
    String key = key(event, context.category());
    String traceparent = event.getMetadata().getTraceparent();
    outputs.add(
        topic,
        key,
        event.getEventType(),
        singleObject.encode(event),
        new Trace("", "", traceparent),
        ahead ? flagged(more) : more);
    return Outcome.ROUTED;
  }

  private static List<Header> flagged(List<Header> more) {
    List<Header> headers = new ArrayList<>(more);
    headers.add(Header.of(HeaderNames.FLAGS, CLOCK_SKEW));
    return headers;
  }

  private static Topic topic(String eventType, Category category) {
    if (RoutingRules.tellsOfError(eventType)) {
      return Topic.EVENTS_ERROR;
    }
    return switch (category) {
      case DOMAIN -> Topic.EVENTS_DOMAIN;
      case SYSTEM -> Topic.EVENTS_SYSTEM;
      case USER -> Topic.EVENTS_USER;
      case INTEGRATION -> Topic.EVENTS_INTEGRATION;
    };
  }

  private static String key(Event event, Category category) {
    return switch (category) {
      case DOMAIN -> DeviceIds.of(event);
      case SYSTEM -> ServiceIds.of(event);
      case USER ->
          event.getMetadata().getUserId() == null ? event.getId() : event.getMetadata().getUserId();
      case INTEGRATION -> event.getId();
    };
  }
}
