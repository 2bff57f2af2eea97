// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.flink.Outputs;
import io.twinlog.router.Routes.Route;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerOutputs;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.handler.Handlers.Handled;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.middleware.EventMiddleware.Outcome;
import io.twinlog.wire.middleware.MiddlewareChain.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Runs the handler of an event and writes what comes of it. An event that an aggregate reads may
 * only become events of the same aggregate: else they could not wait with their key where the
 * handler fails.
 */
final class Handling {
  private final HandlerOutputs rules;
  private final Routes routes;
  private final Outputs outputs;
  private final SingleObject singleObject;

  Handling(EventDecoder decoder, Routes routes, Outputs outputs, SingleObject singleObject) {
    this.rules = new HandlerOutputs(decoder);
    this.routes = routes;
    this.outputs = outputs;
    this.singleObject = singleObject;
  }

  /**
   * Handles an event.
   *
   * @param headers of what is written of an event
   * @throws SuppressRestartsException when the handler demands that the job ends
   */
  Result run(Event event, Route route, Moment now, Function<RoutableEvent, List<Header>> headers) {
    EventHandler handler = route.handler().orElseThrow();
    RoutableEvent routable = new OpenedEvent(event, singleObject);
    String key = new String(routable.key(route.place()), StandardCharsets.UTF_8);
    EventContext context = new EventContext(event, key, now);
    Handled handled = Handlers.run(handler, context, output -> flaw(output, route, key));
    if (handled.failed()) {
      return failed(handled, routable, route, headers);
    }
    for (Event output : handled.outputs()) {
      write(new OpenedEvent(output, singleObject), headers);
    }
    return handled.outputs().isEmpty() ? new Result(Outcome.DISCARDED, "") : Result.ROUTED;
  }

  private void write(RoutableEvent output, Function<RoutableEvent, List<Header>> headers) {
    Route route = routes.of(output.eventType());
    byte[] key = output.key(route.place());
    outputs.add(route.topic(), key, output.eventType(), output.value(), headers.apply(output));
  }

  private Result failed(
      Handled handled,
      RoutableEvent event,
      Route route,
      Function<RoutableEvent, List<Header>> headers) {
    return switch (handled.severity()) {
      case LOW -> new Result(Outcome.FAILED, handled.why());
      case MEDIUM ->
          route.place().hasAggregate()
              ? waiting(handled, event, route, headers)
              : new Result(Outcome.FAILED, handled.why());
      case HIGH ->
          throw new SuppressRestartsException(
              new IllegalStateException("a handler ends the job: " + handled.why()));
    };
  }

  private Result waiting(
      Handled handled,
      RoutableEvent event,
      Route route,
      Function<RoutableEvent, List<Header>> headers) {
    List<Header> flagged = new ArrayList<>(headers.apply(event));
    flagged.add(Header.of(HeaderNames.FAILED, handled.why()));
    outputs.add(route.topic(), event.key(route.place()), event.eventType(), event.value(), flagged);
    return new Result(Outcome.WAITING, handled.why());
  }

  /** What is wrong with an output; empty: nothing. */
  private Optional<String> flaw(Event output, Route route, String key) {
    Route to = routes.of(output.getEventType());
    List<Reason> broken = Requirements.broken(to.requirements(), output);
    return broken.isEmpty()
        ? rules.flaw(output, route.place(), key, to.place())
        : Optional.of(broken.get(0).toString());
  }
}
