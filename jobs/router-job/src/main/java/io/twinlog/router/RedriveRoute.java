// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.router.Router.Position;
import io.twinlog.schemas.Command;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Redrive;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of a dead letter that is tried again: the command in a header, the bytes of the original
 * as key, value and other headers. It bounds the attempts and brings the record back as it was
 * read; which way that goes is the same as the first time.
 */
final class RedriveRoute {
  private static final String ANOTHER_TRY = "dead_letter_again";

  private final CommandRoute commands;
  private final EventRoutes events;
  private final Results results;
  private final TopicDirectory topics;
  private final int attemptsMax;
  private final SingleObject singleObject = new SingleObject();

  RedriveRoute(
      CommandRoute commands,
      EventRoutes events,
      Results results,
      TopicDirectory topics,
      int attemptsMax) {
    this.commands = commands;
    this.events = events;
    this.results = results;
    this.topics = topics;
    this.attemptsMax = attemptsMax;
  }

  /** Where dead letters are written. */
  interface DeadLetters {
    void write(SourceRecord record, Rejection rejection, Attempt attempt);
  }

  static boolean isRedrive(SourceRecord record) {
    return record.header(HeaderNames.COMMAND) != null;
  }

  /**
   * Tries again, and answers; what fails again is a dead letter again.
   *
   * @return why the command itself is a dead letter; empty: it is none
   */
  Optional<Rejection> route(SourceRecord record, Position position, DeadLetters letters) {
    CommandRoute.Opened opened = commands.open(record.header(HeaderNames.COMMAND), null, position);
    opened.command().ifPresent(command -> carryOut(command, record, position, letters));
    return opened.rejection();
  }

  private void carryOut(
      Command command, SourceRecord record, Position position, DeadLetters letters) {
    Optional<Reason> objection = objection(command);
    if (objection.isPresent()) {
      commands.refuse(command, objection.get());
      return;
    }
    Redrive redrive = Redrive.of(command.getData());
    SourceRecord original = original(record, redrive);
    Optional<Reason> bar = bar(redrive, original);
    if (bar.isPresent()) {
      commands.refuse(command, bar.get());
      return;
    }
    again(command, redrive, original, position, letters);
  }

  /** What speaks against the command, whatever it carries. */
  private Optional<Reason> objection(Command command) {
    if (!command.getCommand().equals(Redrive.COMMAND)) {
      return invalid("command", "only " + Redrive.COMMAND + " carries a record beside it");
    }
    Redrive redrive = Redrive.of(command.getData());
    if (!redrive.letter().toString().equals(command.getAggregateId())) {
      return invalid("aggregate_id", "must be the letter, " + redrive.letter());
    }
    return Optional.empty();
  }

  /** What speaks against trying this record again. */
  private Optional<Reason> bar(Redrive redrive, SourceRecord original) {
    if (redrive.attempt() > attemptsMax) {
      return Optional.of(
          new Reason(
              "attempts_exhausted",
              "data.attempt",
              "this would be attempt " + redrive.attempt() + " of at most " + attemptsMax));
    }
    if (topicOf(redrive).isEmpty()) {
      return invalid("data.topic", "a router reads no " + redrive.topic());
    }
    if (original.isTick()) {
      return invalid("", "a tick cannot be tried again: its time has passed");
    }
    return isRedrive(original) && topicOf(redrive).get() == Topic.COMMANDS
        ? invalid("", "a redrive cannot be redriven: redrive the letter that it names")
        : Optional.empty();
  }

  private static Optional<Reason> invalid(String path, String message) {
    return Optional.of(ErrorCode.INVALID_COMMAND.at(path, message));
  }

  /** Those that records of dead letters are read from. */
  private Optional<Topic> topicOf(Redrive redrive) {
    List<Topic> read = new ArrayList<>(Topic.SOURCES);
    read.addAll(Topic.INBOXES);
    return read.stream()
        .filter(topic -> topics.entry(topic).name().equals(redrive.topic()))
        .findFirst();
  }

  private static SourceRecord original(SourceRecord record, Redrive redrive) {
    List<Header> moved =
        record.headers().stream()
            .filter(header -> !header.key().equals(HeaderNames.COMMAND))
            .toList();
    return new SourceRecord(
        redrive.topic(),
        redrive.partition(),
        redrive.offset(),
        record.key(),
        record.value(),
        DeadLetterHeaders.restored(moved));
  }

  private void again(
      Command command,
      Redrive redrive,
      SourceRecord original,
      Position position,
      DeadLetters letters) {
    Attempt attempt =
        new Attempt(
            redrive.attempt(),
            attemptsMax,
            redrive.firstSeen(),
            Optional.of(redrive.letter()),
            redrive.stage());
    List<Header> history = List.of(Header.of(HeaderNames.REDRIVE, attempt.toString()));
    Topic topic = topicOf(redrive).orElseThrow();
    Optional<Rejection> rejection =
        isCommand(original, topic)
            ? commands.route(original, position, history)
            : events
                .at(position.rulesVersion())
                .route(original, position, way(original, topic, history));
    if (rejection.isEmpty()) {
      results.accept(CommandRoute.head(command), command.getMetadata().getTraceparent());
      return;
    }
    letters.write(original, rejection.get(), attempt);
    commands.refuse(command, told(rejection.get(), attempt));
  }

  /** What stands in an inbox has been through its handler, unless that failed. */
  private static EventRoute.Way way(SourceRecord original, Topic topic, List<Header> history) {
    Optional<Topic> inbox = Optional.of(topic).filter(Topic.INBOXES::contains);
    boolean handled = inbox.isPresent() && original.header(HeaderNames.FAILED) == null;
    return new EventRoute.Way(history, inbox, handled);
  }

  /** An inbox has both. */
  private boolean isCommand(SourceRecord original, Topic topic) {
    return switch (topic) {
      case COMMANDS -> true;
      case INGRESS -> false;
      default ->
          original.value() != null
              && singleObject
                  .writerOf(original.value())
                  .filter(
                      writer -> writer.getFullName().equals(Command.getClassSchema().getFullName()))
                  .isPresent();
    };
  }

  private static Reason[] told(Rejection rejection, Attempt attempt) {
    List<Reason> reasons = new ArrayList<>();
    reasons.add(
        new Reason(
            ANOTHER_TRY,
            "",
            "it is a dead letter again: "
                + attempt.reason(rejection.reason()).text()
                + ", attempt "
                + attempt.number()
                + " of "
                + attempt.most()));
    reasons.addAll(rejection.errors());
    return reasons.toArray(new Reason[0]);
  }
}
