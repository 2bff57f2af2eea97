// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.Trace;
import io.twinlog.router.EventMiddleware.Outcome;
import io.twinlog.router.Routes.Route;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.device.PlatformErrors;
import io.twinlog.wire.ingress.CommandDecoder;
import io.twinlog.wire.ingress.CommandHead;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.FastEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What becomes of one source record: an event in the topic of its category, a command in the inbox
 * of its aggregate, a refusal, or a dead letter. A function of the record's bytes, the last tick
 * before it, and the rules.
 */
final class Router {
  /** The flag of an event whose timestamp runs ahead. */
  static final String CLOCK_SKEW = "clock_skew";

  private static final String STAGE = "router";
  private static final Header AHEAD = Header.of(HeaderNames.FLAGS, CLOCK_SKEW);

  private final FastEvents fast;
  private final EventDecoder events;
  private final CommandDecoder commands;
  private final RoutingRules rules;
  private final Routes routes;
  private final MiddlewareChain middleware;
  private final Outputs outputs;
  private final Consumer<DeadLetterReason> rejected;
  private final SingleObject singleObject = new SingleObject();

  /**
   * @param rejected told of each dead letter, for the counters
   */
  Router(
      Decoders decoders,
      RoutingRules rules,
      MiddlewareChain middleware,
      Outputs outputs,
      Consumer<DeadLetterReason> rejected) {
    this.fast = decoders.fast();
    this.events = decoders.events();
    this.commands = decoders.commands();
    this.rules = rules;
    this.routes = new Routes(rules);
    this.middleware = middleware;
    this.outputs = outputs;
    this.rejected = rejected;
  }

  /** What opens values: events in one of two ways, which tell the same. */
  record Decoders(FastEvents fast, EventDecoder events, CommandDecoder commands) {}

  /** Where and when a record stands. */
  record Position(String topicId, LogClock clock, long rulesVersion) {}

  /** Routes a record of ingress. */
  void event(SourceRecord record, Position position) {
    begin(record, position);
    if (fast.read(record.value(), record.header(HeaderNames.CONTENT_TYPE))) {
      event(record, position, new ScannedEvent(fast, singleObject));
      return;
    }
    Decoded<Event> decoded = events.decode(record.value(), contentType(record));
    if (decoded instanceof Decoded.Rejected<Event> bad) {
      deadLetter(record, position, bad.reason(), bad.errors());
    } else {
      Event event = ((Decoded.Valid<Event>) decoded).value();
      event(record, position, new OpenedEvent(event, singleObject));
    }
  }

  private void event(SourceRecord record, Position position, RoutableEvent event) {
    if (RoutingRules.expired(event.timestamp(), event.ttl(), position.clock().wall())) {
      String timestamp = Instant.ofEpochMilli(event.timestamp()).toString();
      deadLetter(
          record,
          position,
          DeadLetterReason.EXPIRED,
          List.of(expired("metadata.ttl", timestamp, event.ttl())));
      return;
    }
    Route route = routes.of(event.eventType());
    EventContext context =
        new EventContext(event, route.category(), position.clock().moment(), singleObject);
    MiddlewareChain.Result result = middleware.run(context, c -> write(c, route, position));
    switch (result.outcome()) {
      case ROUTED -> {}
      case STOPPED ->
          deadLetter(
              record,
              position,
              DeadLetterReason.STOPPED,
              List.of(new Reason("stopped", "", result.why())));
      case NO_HANDLER ->
          deadLetter(
              record,
              position,
              DeadLetterReason.NO_HANDLER,
              List.of(
                  new Reason("no_handler", "event_type", "nothing handles " + event.eventType())));
      case FAILED ->
          deadLetter(
              record,
              position,
              DeadLetterReason.HANDLER_FAILED,
              List.of(new Reason("handler_failed", "", result.why())));
    }
  }

  private static Reason expired(String path, String timestamp, long ttl) {
    return new Reason("expired", path, "written at " + timestamp + ", of use for " + ttl + " ms");
  }

  private Outcome write(EventContext context, Route route, Position position) {
    if (!route.handled()) {
      return Outcome.NO_HANDLER;
    }
    RoutableEvent event = context.routable();
    byte[] key = event.key(route.category());
    outputs.add(
        route.topic(), key, event.eventType(), event.value(), headers(event, position.clock()));
    return Outcome.ROUTED;
  }

  private List<Header> headers(RoutableEvent event, LogClock clock) {
    byte[] traceparent = event.traceparent();
    boolean ahead = rules.runsAhead(event.timestamp(), clock.wall());
    if (traceparent == null) {
      return ahead ? List.of(AHEAD) : List.of();
    }
    Header trace = new Header(HeaderNames.TRACEPARENT, traceparent);
    return ahead ? List.of(trace, AHEAD) : List.of(trace);
  }

  /** Routes a record of commands. */
  void command(SourceRecord record, Position position) {
    begin(record, position);
    Decoded<Command> decoded = commands.decode(record.value(), contentType(record));
    if (decoded instanceof Decoded.Rejected<Command> bad) {
      Optional<CommandHead> head = bad.command();
      if (head.isPresent()) {
        refuse(head.get(), bad.errors(), null);
      } else {
        deadLetter(record, position, bad.reason(), bad.errors());
      }
      return;
    }
    Command command = ((Decoded.Valid<Command>) decoded).value();
    String traceparent = command.getMetadata().getTraceparent();
    long wall = position.clock().wall();
    long written = command.getTimestamp() == null ? wall : command.getTimestamp().toEpochMilli();
    long ttl = command.getTtl() == null ? -1 : command.getTtl();
    if (RoutingRules.expired(written, ttl, wall)) {
      CommandHead head =
          new CommandHead(command.getId(), command.getCommand(), command.getAggregateId());
      refuse(
          head, List.of(expired("ttl", String.valueOf(command.getTimestamp()), ttl)), traceparent);
      return;
    }
    outputs.add(
        Topic.EVENTS_DOMAIN,
        command.getAggregateId(),
        command.getCommand(),
        singleObject.encode(command),
        new Trace("", "", traceparent));
  }

  /**
   * A command that is refused here has reached no aggregate: its version is not known, and said to
   * be 0.
   */
  private void refuse(CommandHead head, List<Reason> reasons, String traceparent) {
    CommandResult result =
        new CommandResult(
            head.id(),
            head.command(),
            head.aggregateId(),
            CommandStatus.REFUSED,
            0L,
            null,
            reasons.stream()
                .map(r -> new io.twinlog.schemas.Reason(r.code(), r.path(), r.message()))
                .toList(),
            List.of());
    outputs.add(
        Topic.COMMAND_RESULTS,
        head.id(),
        "CommandResult",
        singleObject.encode(result),
        new Trace("", "", traceparent));
  }

  /**
   * Tells of an outage: an event of events.error, caused by the first tick of ingress after it.
   *
   * @param tick which the record holds
   */
  void outage(SourceRecord record, String topicId, Tick tick, Outage outage) {
    LogClock clock = new LogClock(tick.getEpoch(), tick.getClock(), tick.getWall().toEpochMilli());
    begin(record, new Position(topicId, clock, tick.getRulesVersion()));
    outputs.add(
        Topic.EVENTS_ERROR,
        PlatformErrors.SERVICE,
        PlatformErrors.INGEST_OUTAGE,
        singleObject.encode(PlatformErrors.ingestOutage(outage)),
        Trace.NONE);
  }

  /** A record that calls itself a tick, and is none. */
  void brokenTick(SourceRecord record, Position position, String why) {
    begin(record, position);
    deadLetter(
        record, position, DeadLetterReason.MALFORMED, List.of(new Reason("not_a_tick", "", why)));
  }

  private void begin(SourceRecord record, Position position) {
    outputs.begin(
        position.topicId(),
        new InboxRecord.Place(record.partition(), record.offset()),
        0,
        position.clock(),
        position.rulesVersion());
  }

  private void deadLetter(
      SourceRecord record, Position position, DeadLetterReason reason, List<Reason> errors) {
    DeadLetterHeaders headers =
        new DeadLetterHeaders(
            record.topic(),
            record.partition(),
            record.offset(),
            STAGE,
            reason,
            errors,
            1,
            position.clock().wall());
    outputs.addDeadLetter(record.key(), record.value(), headers.after(record.headers()));
    rejected.accept(reason);
  }

  private static String contentType(SourceRecord record) {
    byte[] value = record.header(HeaderNames.CONTENT_TYPE);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
