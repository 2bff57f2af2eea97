// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Outcome;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Outage;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.CommandDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What becomes of one source record: an event in the topic of its category, a command in the inbox
 * of its aggregate, a refusal, or a dead letter. A function of the record's bytes, the last tick
 * before it, and the rules in force there.
 */
final class Router {
  private static final String STAGE = "router";

  private final EventRoutes events;
  private final CommandRoute commands;
  private final RedriveRoute redrives;
  private final Results results;
  private final Outputs outputs;
  private final Consumer<DeadLetterReason> rejected;
  private final SingleObject singleObject = new SingleObject();

  /**
   * @param rejected told of each dead letter, for the counters
   */
  Router(
      EventRoutes events,
      RouterSettings settings,
      TopicDirectory topics,
      Outputs outputs,
      Consumer<DeadLetterReason> rejected) {
    this.outputs = outputs;
    this.rejected = rejected;
    this.results = new Results(outputs);
    this.events = events;
    // Of commands every one must be known, whatever the rules say of events.
    CommandDecoder decoder = new CommandDecoder(Catalogue.installed(false), settings.limits());
    commands = new CommandRoute(decoder, outputs, results);
    redrives = new RedriveRoute(commands, events, results, topics, settings.attemptsMax());
  }

  /** Where and when a record stands. */
  record Position(String topicId, LogClock clock, long rulesVersion) {}

  /** Routes a record of ingress. Empty: nothing came of it, which must not be. */
  Optional<Outcome> event(SourceRecord record, Position position) {
    begin(record, position);
    EventRoute route = events.at(position.rulesVersion());
    Optional<Rejection> rejection = route.route(record, position, EventRoute.Way.SENT);
    rejection.ifPresent(why -> deadLetter(record, why, first(position)));
    if (route.discarded()) {
      return Optional.of(Outcome.DISCARDED);
    }
    return outcome(rejection.isPresent() ? Outcome.DEAD_LETTERED : Outcome.APPLIED);
  }

  /** Routes a record of commands. Empty: nothing came of it, which must not be. */
  Optional<Outcome> command(SourceRecord record, Position position) {
    begin(record, position);
    long refusals = results.refusals();
    Optional<Rejection> rejection = Optional.empty();
    if (RedriveRoute.isRedrive(record)) {
      rejection = redrives.route(record, position, this::deadLetter);
    } else {
      rejection = commands.route(record, position, List.of());
    }
    rejection.ifPresent(why -> deadLetter(record, why, first(position)));
    boolean refused = results.refusals() > refusals;
    return outcome(
        rejection.isPresent()
            ? Outcome.DEAD_LETTERED
            : refused ? Outcome.REFUSED : Outcome.APPLIED);
  }

  /** What was written is what counts, not what was meant. */
  private Optional<Outcome> outcome(Outcome meant) {
    return outputs.nextIndex() > 0 ? Optional.of(meant) : Optional.empty();
  }

  private static Attempt first(Position position) {
    return Attempt.first(position.clock().wall());
  }

  /**
   * Tells of an outage: an event of events.error, caused by the first tick of ingress after it.
   *
   * @param position as it is behind the tick
   */
  void outage(SourceRecord record, Position position, Outage outage) {
    begin(record, position);
    Event error = PlatformErrors.ingestOutage(outage);
    outputs.addError(error, singleObject.encode(error), Trace.NONE, List.of());
  }

  /** A record that calls itself a tick, and is none. */
  Optional<Outcome> brokenTick(SourceRecord record, Position position, String why) {
    begin(record, position);
    Rejection rejection =
        Rejection.of(DeadLetterReason.MALFORMED, new Reason("not_a_tick", "", why));
    deadLetter(record, rejection, first(position));
    return outcome(Outcome.DEAD_LETTERED);
  }

  private void begin(SourceRecord record, Position position) {
    outputs.begin(
        position.topicId(),
        new InboxRecord.Place(record.partition(), record.offset()),
        0,
        position.clock(),
        position.rulesVersion());
  }

  private void deadLetter(SourceRecord record, Rejection rejection, Attempt attempt) {
    DeadLetterHeaders headers =
        new DeadLetterHeaders(
            record.topic(),
            record.partition(),
            record.offset(),
            STAGE,
            rejection.reason(),
            rejection.errors(),
            attempt);
    outputs.addDeadLetter(record.key(), record.value(), headers.after(record.headers()));
    rejected.accept(headers.reason());
  }

  static Reason expired(String path, String timestamp, long ttl) {
    return new Reason("expired", path, "written at " + timestamp + ", of use for " + ttl + " ms");
  }

  static String contentType(SourceRecord record) {
    byte[] value = record.header(HeaderNames.CONTENT_TYPE);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
