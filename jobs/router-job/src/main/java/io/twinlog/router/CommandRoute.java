// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Reason;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.Trace;
import io.twinlog.router.Router.Position;
import io.twinlog.schemas.Command;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Redrive;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.CommandDecoder;
import io.twinlog.wire.ingress.CommandHead;
import io.twinlog.wire.ingress.Decoded;
import java.util.List;
import java.util.Optional;

/**
 * The way of a command through the router: into the inbox of its aggregate, or answered here where
 * it breaks a rule, or is about a dead letter. It writes no dead letters.
 */
final class CommandRoute {
  /**
   * A command to go on with, a rejection, or neither: it was answered.
   *
   * @param rejection why nobody could be answered
   */
  record Opened(Optional<Command> command, Optional<Rejection> rejection) {
    private static final Opened ANSWERED = new Opened(Optional.empty(), Optional.empty());
  }

  private final CommandDecoder decoder;
  private final Outputs outputs;
  private final Results results;
  private final SingleObject singleObject = new SingleObject();

  CommandRoute(CommandDecoder decoder, Outputs outputs, Results results) {
    this.decoder = decoder;
    this.outputs = outputs;
    this.results = results;
  }

  /**
   * Writes or answers the command of a record, or says why neither can be done.
   *
   * @param more headers for what is written
   */
  Optional<Rejection> route(SourceRecord record, Position position, List<Header> more) {
    Opened opened = open(record.value(), Router.contentType(record), position);
    opened.command().ifPresent(command -> pass(command, more));
    return opened.rejection();
  }

  /** Decodes a command, and refuses it where it breaks a rule or comes too late. */
  Opened open(byte[] value, String contentType, Position position) {
    Decoded<Command> decoded = decoder.decode(value, contentType);
    if (decoded instanceof Decoded.Rejected<Command> bad) {
      if (bad.command().isEmpty()) {
        return new Opened(Optional.empty(), Optional.of(new Rejection(bad.reason(), bad.errors())));
      }
      results.refuse(bad.command().get(), bad.errors(), null);
      return Opened.ANSWERED;
    }
    Command command = ((Decoded.Valid<Command>) decoded).value();
    long wall = position.clock().wall();
    long written = command.getTimestamp() == null ? wall : command.getTimestamp().toEpochMilli();
    long ttl = command.getTtl() == null ? -1 : command.getTtl();
    if (RoutingRules.expired(written, ttl, wall)) {
      refuse(command, Router.expired("ttl", String.valueOf(command.getTimestamp()), ttl));
      return Opened.ANSWERED;
    }
    return new Opened(Optional.of(command), Optional.empty());
  }

  private void pass(Command command, List<Header> more) {
    switch (command.getCommand()) {
      case Redrive.DISCARD -> results.accept(head(command), command.getMetadata().getTraceparent());
      case Redrive.COMMAND ->
          refuse(
              command,
              ErrorCode.INVALID_COMMAND.at(
                  "",
                  "the record to try again is missing: it is the value of the Kafka record, and the command its header "
                      + HeaderNames.COMMAND));
      default ->
          CommandPlace.of(command)
              .ifPresentOrElse(
                  place -> pass(command, place, more),
                  () -> refuse(command, CommandPlace.unknownAlert(command.getAggregateId())));
    }
  }

  private void pass(Command command, CommandPlace place, List<Header> more) {
    outputs.add(
        place.inbox(),
        place.key(),
        command.getCommand(),
        singleObject.encode(command),
        new Trace("", "", command.getMetadata().getTraceparent()),
        more);
  }

  void refuse(Command command, Reason... reasons) {
    results.refuse(head(command), List.of(reasons), command.getMetadata().getTraceparent());
  }

  static CommandHead head(Command command) {
    return new CommandHead(command.getId(), command.getCommand(), command.getAggregateId());
  }
}
