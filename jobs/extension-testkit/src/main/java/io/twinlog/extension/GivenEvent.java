// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.schemas.Event;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerOutputs;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.handler.Handlers.Handled;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.EventPlace;
import io.twinlog.wire.middleware.EventMiddleware;
import java.time.Instant;
import java.util.List;

/** An event that a producer sends, and what may happen to it. */
public final class GivenEvent {
  private static final Instant SECOND_AFTER = Instant.parse("2026-01-01T00:00:01Z");

  private final EventExample example;
  private final Moment now;
  private final Catalogue catalogue = Catalogue.installed(false);
  private final EventDecoder router = new EventDecoder(catalogue, DecoderLimits.DEFAULT);
  private final EventDecoder behind = new EventDecoder(catalogue, DecoderLimits.LARGEST);
  private final RoutingRules rules = RoutingRules.DEFAULT.over(catalogue.declaredCategories());

  GivenEvent(EventExample example) {
    this(example, SECOND_AFTER);
  }

  private GivenEvent(EventExample example, Instant logTime) {
    this.example = example;
    this.now = new Moment(logTime.toEpochMilli(), logTime.toEpochMilli());
  }

  /** The same at a log time; 2026-01-01T00:00:01Z otherwise. */
  public GivenEvent atLogTime(Instant logTime) {
    return new GivenEvent(example, logTime);
  }

  /** It is checked by the catalogue, with the types on the class path. */
  public Reception whenReceived() {
    return new Reception(router.decode(example.bytes(), null), place(example.eventType()));
  }

  /**
   * It is handled, twice: the same must come of it.
   *
   * @throws AssertionError when the router would not take the event, the handler has not named its
   *     type, or something else comes of it the second time
   */
  public Handling when(EventHandler handler) {
    Event event = sound();
    Failures.require(
        handler.eventTypes().contains(event.getEventType()),
        "%s does not handle %s; it handles %s",
        handler.name(),
        event.getEventType(),
        handler.eventTypes());
    Handled first = handled(handler, event);
    Handled second = handled(handler, event);
    Failures.require(
        first.equals(second),
        "%s makes two things of the same event:\n%s\n%s",
        handler.name(),
        first,
        second);
    return new Handling(event, first);
  }

  private Handled handled(EventHandler handler, Event event) {
    EventPlace place = place(event.getEventType());
    String key = place.key(event);
    HandlerOutputs outputs = new HandlerOutputs(behind);
    return Handlers.run(
        handler,
        new EventContext(event, key, now),
        output -> outputs.flaw(output, place, key, place(output.getEventType())));
  }

  /**
   * It passes middleware, in the order that the router would put it in.
   *
   * @throws AssertionError when the router would not take the event
   */
  public Passage when(EventMiddleware... middleware) {
    Event event = sound();
    PassingEvent passing = new PassingEvent(event, place(event.getEventType()), now, behind);
    return Passage.of(passing, List.of(middleware));
  }

  private EventPlace place(String eventType) {
    return EventPlace.of(eventType, rules.category(eventType));
  }

  private Event sound() {
    Decoded<Event> decoded = router.decode(example.bytes(), null);
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      throw new AssertionError(
          "the router would not take the event that is given:\n" + Failures.reasons(bad.errors()));
    }
    return ((Decoded.Valid<Event>) decoded).value();
  }
}
