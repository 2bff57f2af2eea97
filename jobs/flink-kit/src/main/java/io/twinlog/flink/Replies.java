// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.flink.Input.Request;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Answers that are not changes: results of commands, and dead letters. */
final class Replies {
  private final AggregateSettings settings;
  private final Outputs outputs;
  private final ShellMetrics metrics;
  private final SingleObject singleObject = new SingleObject();

  /** The command that is answered. */
  record Asked(String id, String name, String aggregateId, Trace trace) {
    static Asked of(Request<?> request) {
      return new Asked(request.id(), request.name(), request.aggregateId(), request.trace());
    }
  }

  Replies(AggregateSettings settings, Outputs outputs, ShellMetrics metrics) {
    this.settings = settings;
    this.outputs = outputs;
    this.metrics = metrics;
  }

  /** Tells people that an input of a key failed, and that the key is parked. */
  void alarm(String key, Reason reason, Moment at) {
    Event failed = PlatformErrors.handlerFailed(settings.job(), key, reason, at);
    outputs.addError(failed, singleObject.encode(failed), Trace.NONE, List.of());
  }

  /**
   * Writes the result of a command that held, and returns its bytes. {@code events} follow {@code
   * versionBefore}.
   */
  byte[] accepted(Asked asked, String key, long versionBefore, int events) {
    List<String> ids =
        LongStream.rangeClosed(versionBefore + 1, versionBefore + events)
            .mapToObj(v -> key + "/" + v)
            .toList();
    return write(
        asked,
        new CommandResult(
            asked.id(),
            asked.name(),
            asked.aggregateId(),
            CommandStatus.ACCEPTED,
            versionBefore + events,
            null,
            List.of(),
            ids));
  }

  /** Writes the result of a command that did not hold, and returns its bytes. */
  byte[] refused(Asked asked, String key, long version, List<Reason> reasons) {
    boolean conflict = reasons.stream().anyMatch(reason -> reason.code().equals("conflict"));
    List<io.twinlog.schemas.Reason> written =
        reasons.stream()
            .map(r -> new io.twinlog.schemas.Reason(r.code(), r.path(), r.message()))
            .toList();
    return write(
        asked,
        new CommandResult(
            asked.id(),
            asked.name(),
            asked.aggregateId(),
            CommandStatus.REFUSED,
            version,
            conflict ? version : null,
            written,
            List.of()));
  }

  private byte[] write(Asked asked, CommandResult result) {
    byte[] bytes = singleObject.encode(result);
    again(asked, bytes);
    return bytes;
  }

  /** Writes a result that was given before. */
  void again(Asked asked, byte[] result) {
    outputs.add(Topic.COMMAND_RESULTS, asked.id(), "CommandResult", result, asked.trace());
  }

  /** Writes a dead letter of a record of the inbox. */
  void deadLetter(InboxRecord record, DeadLetterReason reason, List<Reason> errors) {
    List<Header> original = new ArrayList<>();
    original.add(Header.of(HeaderNames.TYPE, record.type()));
    if (record.traceparent() != null) {
      original.add(Header.of(HeaderNames.TRACEPARENT, record.traceparent()));
    }
    if (!record.failed().isEmpty()) {
      original.add(Header.of(HeaderNames.FAILED, record.failed()));
    }
    DeadLetterHeaders headers =
        new DeadLetterHeaders(
            settings.inboxName(),
            record.place().partition(),
            record.place().offset(),
            settings.job(),
            reason,
            errors,
            attempt(record));
    // No router writes an empty key: it stands for none.
    byte[] key = record.key().isEmpty() ? null : record.key().getBytes(StandardCharsets.UTF_8);
    outputs.addDeadLetter(key, record.value(), headers.after(original));
    metrics.deadLetter(reason.text());
  }

  private static Attempt attempt(InboxRecord record) {
    try {
      return record.redrive().isEmpty()
          ? Attempt.first(record.clock().wall())
          : Attempt.parse(record.redrive());
    } catch (IllegalArgumentException e) {
      // No router wrote this header: what else it says of the record's past is not believed either.
      return Attempt.first(record.clock().wall());
    }
  }
}
