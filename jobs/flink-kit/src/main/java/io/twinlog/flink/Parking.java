// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Reason;
import io.twinlog.flink.Hot.Waiting;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.ParkingCommand;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keys whose input has failed: that one waits, and everything later of the key with it, deadlines
 * included, until a retry on the clock or a command sets it free. Then all is worked off as it
 * would have been, each at its own time. Other keys do not notice.
 */
final class Parking<S, V> {
  private final AggregateSettings settings;
  private final HeldRecords held;
  private final Outputs outputs;
  private final Replies replies;
  private final ShellMetrics metrics;
  private final SingleObject singleObject = new SingleObject();

  /** What works held inputs off. */
  interface Inputs<S, V> {
    /** The deadlines before a record, then the record. Empty: it is done. */
    Optional<Failure> again(KeyEntry<S, V> entry, InboxRecord record, Turn turn) throws IOException;

    long version(KeyEntry<S, V> entry) throws IOException;

    void remember(KeyEntry<S, V> entry, String commandId, byte[] result, long clock)
        throws IOException;
  }

  Parking(
      AggregateSettings settings,
      HeldRecords held,
      Outputs outputs,
      Replies replies,
      ShellMetrics metrics) {
    this.settings = settings;
    this.held = held;
    this.outputs = outputs;
    this.replies = replies;
    this.metrics = metrics;
  }

  static boolean isCommand(InboxRecord record) {
    return ParkingCommand.isOne(record.type());
  }

  /** Parks a key: the record has failed, and nothing of it has happened. */
  Outcome park(KeyEntry<S, V> entry, InboxRecord record, Failure failure) throws IOException {
    if (!held.hasRoom(entry.key())) {
      return overflow(entry, record, failure.reason());
    }
    held.add(record);
    wait(entry, 1, 1, failure, record.clock().clock());
    Turn turn = Turn.of(record);
    tell(entry, turn, record, ParkedChange.HELD, List.of(failure.reason()));
    replies.alarm(entry.key(), failure.reason(), record.clock().moment());
    passed(entry, turn);
    return Outcome.PARKED;
  }

  /** Parks a key whose deadline has failed: it is still due. No input waits for now. */
  void parkAtDeadline(KeyEntry<S, V> entry, Failure failure) throws IOException {
    if (held.hasRoom(entry.key())) {
      held.replace(List.of());
    }
    Hot<V> hot = entry.hot();
    LogClock clock = new LogClock(hot.epoch, hot.moment.clock(), hot.moment.logTime());
    Turn turn = new Turn(hot.place(), clock, hot.rules);
    wait(entry, 0, 1, failure, clock.clock());
    tell(entry, turn, null, ParkedChange.HELD, List.of(failure.reason()));
    replies.alarm(entry.key(), failure.reason(), hot.moment);
    passed(entry, turn);
  }

  /** Takes in a record of a key that waits. */
  Outcome hold(KeyEntry<S, V> entry, InboxRecord record) throws IOException {
    Waiting waiting = entry.hot().waiting;
    if (waiting.records() >= settings.parking().recordsMax()) {
      String most = settings.parking().recordsMax() + " inputs of the key wait already";
      return overflow(entry, record, new Reason("parked_overflow", "", most));
    }
    if (waiting.records() == 0 && !held.holds(entry.key()) && !held.hasRoom(entry.key())) {
      String most = "too many keys wait to hold inputs of one more, whose deadline has failed";
      return overflow(entry, record, new Reason("parked_overflow", "", most));
    }
    held.add(record);
    entry.hot().waiting = new Waiting(waiting.records() + 1, waiting.attempts(), waiting.retryAt());
    tell(entry, Turn.of(record), record, ParkedChange.HELD, List.of());
    return Outcome.PARKED;
  }

  private Outcome overflow(KeyEntry<S, V> entry, InboxRecord record, Reason why) {
    begin(entry, Turn.of(record), record.clock());
    replies.deadLetter(record, DeadLetterReason.PARKED_OVERFLOW, List.of(why));
    passed(entry, Turn.of(record));
    return Outcome.DEAD_LETTERED;
  }

  /** The clock has come for another attempt. */
  void retry(KeyEntry<S, V> entry, long clock, Inputs<S, V> inputs) throws IOException {
    Hot<V> hot = entry.hot();
    LogClock last = lastClock(hot);
    LogClock at = new LogClock(last.epoch(), last.moment().atClock(clock));
    release(entry, new Turn(hot.place(), at, hot.rules), inputs);
  }

  /** Of a key whose very first input waits, nothing has set its clock yet. */
  private LogClock lastClock(Hot<V> hot) throws IOException {
    if (hot.moment.logTime() == 0) {
      List<InboxRecord> all = held.all();
      if (!all.isEmpty()) {
        return all.get(0).clock();
      }
    }
    return new LogClock(hot.epoch, hot.moment);
  }

  /** Carries out RedriveParked and DiscardParked, and answers; another job's are for that one. */
  Outcome command(KeyEntry<S, V> entry, InboxRecord record, Inputs<S, V> inputs)
      throws IOException {
    Turn turn = Turn.of(record);
    begin(entry, turn, record.clock());
    ParkingCommand command;
    try {
      command = ParkingCommand.of(singleObject.decode(record.value(), Command.class));
    } catch (UnreadableException | IllegalArgumentException e) {
      // The router lets none of these pass: somebody else wrote to the inbox.
      Reason reason = new Reason("not_avro", "", e.getMessage());
      replies.deadLetter(record, DeadLetterReason.MALFORMED, List.of(reason));
      return Outcome.DEAD_LETTERED;
    }
    if (!command.job().equals(settings.job())) {
      return Outcome.DISCARDED;
    }
    Replies.Asked asked = asked(command, record);
    long clock = record.clock().clock();
    byte[] first = entry.results().of(command.id(), clock - settings.resultsHorizonMillis());
    if (first != null) {
      metrics.duplicate();
      replies.again(asked, first);
      return Outcome.DUPLICATE;
    }
    Optional<Reason> refusal = carryOut(entry, command, turn, inputs);
    begin(entry, turn, record.clock());
    long version = inputs.version(entry);
    byte[] result =
        refusal.isPresent()
            ? replies.refused(asked, entry.key(), version, List.of(refusal.get()))
            : replies.accepted(asked, entry.key(), version, 0);
    passed(entry, turn);
    if (!entry.isCleared()) {
      inputs.remember(entry, command.id(), result, clock);
    }
    return refusal.isPresent() ? Outcome.REFUSED : Outcome.APPLIED;
  }

  private static Replies.Asked asked(ParkingCommand command, InboxRecord record) {
    return new Replies.Asked(
        command.id(),
        command.name(),
        record.key(),
        new Trace(command.correlationId(), command.id(), record.traceparent()));
  }

  private Optional<Reason> carryOut(
      KeyEntry<S, V> entry, ParkingCommand command, Turn turn, Inputs<S, V> inputs)
      throws IOException {
    if (entry.hot().waiting == null) {
      return Optional.of(new Reason("not_parked", "aggregate_id", entry.key() + " is not parked"));
    }
    Optional<Reason> other = otherInput(command);
    if (other.isPresent()) {
      return other;
    }
    discard(entry, command.discards(), turn);
    return release(entry, turn, inputs)
        .map(
            failure ->
                new Reason(
                    "parked_again",
                    "",
                    failure.reason().code() + ": " + failure.reason().message()));
  }

  /** Whoever decided to give an input up has seen one that a retry has worked off since. */
  private Optional<Reason> otherInput(ParkingCommand command) throws IOException {
    if (command.first().isEmpty()) {
      return Optional.empty();
    }
    List<InboxRecord> all = held.all();
    String first =
        all.isEmpty()
            ? "none"
            : ParkingCommand.place(all.get(0).place().partition(), all.get(0).place().offset());
    return first.equals(command.first())
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "other_input", "data.first", "the input that waits first is " + first + " now"));
  }

  private void discard(KeyEntry<S, V> entry, int most, Turn turn) throws IOException {
    List<InboxRecord> all = held.all();
    if (most == 0 || all.isEmpty()) {
      return;
    }
    int count = Math.min(most, all.size());
    for (InboxRecord record : all.subList(0, count)) {
      tell(entry, turn, record, ParkedChange.DISCARDED, List.of());
    }
    List<InboxRecord> rest = all.subList(count, all.size());
    held.replace(rest);
    // What comes first now has not failed yet.
    entry.hot().waiting = new Waiting(rest.size(), 0, Aggregate.NEVER);
    entry.hotChanged();
  }

  /** Works off what waits, in order. Empty: all; else it waits on, as this has failed again. */
  private Optional<Failure> release(KeyEntry<S, V> entry, Turn turn, Inputs<S, V> inputs)
      throws IOException {
    List<InboxRecord> all = held.all();
    int attempts = entry.hot().waiting.attempts();
    entry.hot().waiting = null;
    entry.hot().released = entry.hot().latest(turn.clock());
    entry.hotChanged();
    if (all.isEmpty() && attempts > 0) {
      // Its deadline is due again, without an input that would tell; readers of the topic must
      // know.
      tell(entry, turn, null, ParkedChange.RELEASED, List.of());
    }
    for (int i = 0; i < all.size(); i++) {
      Optional<Failure> failure = inputs.again(entry, all.get(i), turn);
      if (failure.isPresent()) {
        waitOn(entry, all.subList(i, all.size()), i == 0 ? attempts + 1 : 1, failure.get(), turn);
        return failure;
      }
      passed(entry, turn);
      tell(entry, turn, all.get(i), ParkedChange.RELEASED, List.of());
    }
    held.clear();
    return Optional.empty();
  }

  private void waitOn(
      KeyEntry<S, V> entry, List<InboxRecord> rest, int attempts, Failure failure, Turn turn)
      throws IOException {
    held.replace(rest);
    wait(entry, rest.size(), attempts, failure, turn.clock().clock());
    tell(entry, turn, rest.get(0), ParkedChange.FAILED, List.of(failure.reason()));
  }

  private void wait(KeyEntry<S, V> entry, int records, int attempts, Failure failure, long clock) {
    ParkingSettings parking = settings.parking();
    long retryAt =
        failure.isRetried() && attempts <= parking.retries()
            ? clock + parking.backoff(attempts)
            : Aggregate.NEVER;
    entry.hot().waiting = new Waiting(records, attempts, retryAt);
    entry.hotChanged();
  }

  private void begin(KeyEntry<S, V> entry, Turn turn, LogClock clock) {
    Hot<V> hot = entry.hot();
    long rules = Math.max(hot.rules, turn.rules());
    outputs.begin(settings.inboxId(), turn.place(), turn.nextIndex(hot), clock, rules);
  }

  /** The key's next output, whatever causes it, follows those of the turn. */
  private void passed(KeyEntry<S, V> entry, Turn turn) {
    entry.hot().place(turn.place());
    entry.hot().nextIndex = outputs.nextIndex();
    entry.hotChanged();
  }

  /**
   * Writes to the topic {@code parked}.
   *
   * @param record null: no input, but a deadline has failed
   */
  private void tell(
      KeyEntry<S, V> entry,
      Turn turn,
      InboxRecord record,
      ParkedChange change,
      List<Reason> reasons) {
    begin(entry, turn, turn.clock());
    Waiting waiting = entry.hot().waiting;
    InboxRecord.Place place = record == null ? new InboxRecord.Place(0, -1) : record.place();
    boolean withValue = change == ParkedChange.HELD && record != null && record.value() != null;
    Parked parked =
        new Parked(
            entry.key(),
            settings.job(),
            change,
            settings.inboxName(),
            place.partition(),
            place.offset(),
            record == null ? "" : record.type(),
            Instant.ofEpochMilli(turn.clock().wall()),
            waiting == null ? 0 : waiting.attempts(),
            waiting == null || waiting.retryAt() == Aggregate.NEVER ? null : waiting.retryAt(),
            reasons.stream()
                .map(r -> new io.twinlog.schemas.Reason(r.code(), r.path(), r.message()))
                .toList(),
            withValue ? ByteBuffer.wrap(record.value()) : null);
    outputs.add(Topic.PARKED, entry.key(), "Parked", singleObject.encode(parked), Trace.NONE);
    passed(entry, turn);
  }
}
