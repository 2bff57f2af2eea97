// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Aggregate;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.handler.Handlers;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * What happens to an input of a key, in order: the deadlines before it, then the input itself, or
 * its wait where one before it has failed. It knows neither the aggregate nor Flink; {@link
 * AggregateOperator} gives it the key's values and keeps them, {@link InputWork} does what the
 * rules say.
 *
 * <p>A rule that throws is a defect, and costs nobody but its key: nothing of the input has
 * happened, and the key is parked ({@link Parking}). What the store throws is none, and passes.
 */
final class AggregateShell<S, V, C, E> implements Parking.Inputs<S, V> {
  private final AggregateBinding<S, V, C, E> binding;
  private final AggregateSettings settings;
  private final InputWork<S, V, C, E> work;
  private final Parking<S, V> parking;
  private final Uncommitted uncommitted;
  private final ShellMetrics metrics;
  private final KeyEntry.Before<S, V> before = new KeyEntry.Before<>();

  AggregateShell(
      AggregateBinding<S, V, C, E> binding,
      AggregateSettings settings,
      HeldRecords held,
      Written written,
      Handlers handlers,
      ShellMetrics metrics) {
    this.binding = binding;
    this.settings = settings;
    this.uncommitted = written.uncommitted();
    this.metrics = metrics;
    Replies replies = new Replies(settings, written.outputs(), metrics);
    this.work = new InputWork<>(binding, settings, written.outputs(), replies, handlers, metrics);
    this.parking = new Parking<>(settings, held, written.outputs(), replies, metrics);
  }

  /**
   * Where outputs go.
   *
   * @param uncommitted what {@code outputs} writes to
   */
  record Written(Outputs outputs, Uncommitted uncommitted) {}

  /** What keeps them from coming is no defect of theirs: it must not park the key. */
  private void fetchRules(KeyEntry<S, V> entry, InboxRecord record) {
    binding.aggregate(Math.max(entry.hot().rules, record.rules()));
  }

  /** The rules in force for a key. */
  private Aggregate<S, V, C, E> aggregate(Hot<V> hot) {
    return binding.aggregate(hot.rules);
  }

  /** Gives back what the binding has opened. */
  void close() {
    binding.close();
  }

  /** Whether the job has to do with a record at all. */
  boolean concerns(InboxRecord record) {
    return binding.concerns(record);
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Works one record off, or holds it. */
  Outcome apply(KeyEntry<S, V> entry, InboxRecord record) throws IOException {
    fireDeadlines(entry, entry.hot().limit(record));
    if (entry.isCleared()) {
      entry.startOver();
    }
    if (record.upstream() != null) {
      if (entry.hot().upstream.has(record)) {
        metrics.duplicate();
        return Outcome.DUPLICATE;
      }
      entry.hot().heardUpstream(record, settings.resultsHorizonMillis());
      entry.hotChanged();
    }
    boolean routed = record.fault().isEmpty();
    if (routed && Parking.isCommand(record)) {
      return parking.command(entry, record, this);
    }
    if (routed && entry.hot().waiting != null) {
      return parking.hold(entry, record);
    }
    if (routed && !record.failed().isEmpty()) {
      return parking.park(entry, record, Failure.ofHandler(record.failed()));
    }
    fetchRules(entry, record);
    entry.begin(before);
    Uncommitted.Mark mark = uncommitted.mark();
    try {
      return work.input(entry, record, Turn.of(record));
    } catch (RuntimeException defect) {
      return parking.park(entry, record, undo(entry, mark, defect));
    }
  }

  @Override
  public Optional<Failure> again(KeyEntry<S, V> entry, InboxRecord record, Turn turn)
      throws IOException {
    Optional<Failure> late = passDeadlines(entry, entry.hot().limit(record), turn.clock());
    if (late.isPresent()) {
      return late;
    }
    if (entry.isCleared()) {
      entry.startOver();
    }
    fetchRules(entry, record);
    return record.failed().isEmpty()
        ? attempt(entry, () -> work.input(entry, record, turn))
        : attempt(entry, () -> work.handled(entry, record, turn));
  }

  @Override
  public long version(KeyEntry<S, V> entry) throws IOException {
    return entry.isCleared() ? 0 : aggregate(entry.hot()).version(entry.state());
  }

  @Override
  public void remember(KeyEntry<S, V> entry, String commandId, byte[] result, long clock)
      throws IOException {
    work.remember(entry, commandId, result, clock);
  }

  /** Empty: it is done. Else nothing of it has happened, and this is why. */
  private Optional<Failure> attempt(KeyEntry<S, V> entry, Step step) throws IOException {
    entry.begin(before);
    Uncommitted.Mark mark = uncommitted.mark();
    try {
      step.run();
      return Optional.empty();
    } catch (RuntimeException defect) {
      return Optional.of(undo(entry, mark, defect));
    }
  }

  /** Makes a half-made change undone, and says why; or passes on what must end the job. */
  private Failure undo(KeyEntry<S, V> entry, Uncommitted.Mark mark, RuntimeException defect) {
    boolean ofHandler = defect instanceof Failure.HandlerFailed;
    if (defect instanceof SuppressRestartsException
        || settings.parking().failsJob() && !ofHandler) {
      throw defect;
    }
    entry.undo(before);
    uncommitted.backTo(mark);
    if (!ofHandler) {
      metrics.failed();
    }
    return Failure.of(defect);
  }

  /** Applies every deadline below {@code limit}, earliest first, each at its own time. */
  void fireDeadlines(KeyEntry<S, V> entry, long limit) throws IOException {
    Optional<Failure> failure = passDeadlines(entry, limit, LogClock.UNKNOWN);
    if (failure.isPresent()) {
      parking.parkAtDeadline(entry, failure.get());
    }
  }

  /** Empty: all are done. Else the first one that was not is still due. */
  private Optional<Failure> passDeadlines(KeyEntry<S, V> entry, long limit, LogClock floor)
      throws IOException {
    long next = nextDeadline(entry.hot());
    while (next < limit && !entry.isCleared()) {
      long at = next;
      if (entry.hot().waiting != null) {
        parking.retry(entry, at, this);
      } else if (aggregate(entry.hot()).deadline(entry.hot().vitals) == Aggregate.NEVER) {
        endResults(entry);
        return Optional.empty();
      } else {
        Optional<Failure> failure =
            attempt(entry, () -> work.deadline(entry, entry.hot().moment.atClock(at), floor));
        if (failure.isPresent()) {
          return failure;
        }
      }
      next = nextDeadline(entry.hot());
    }
    return Optional.empty();
  }

  /** Of a key without a version nothing else is left. */
  private void endResults(KeyEntry<S, V> entry) throws IOException {
    if (isNothing(entry)) {
      entry.clear();
    } else {
      entry.forgetResults();
      entry.hot().resultsUntil = 0;
      entry.hotChanged();
    }
  }

  /**
   * Whether the key has become one that nobody ever heard of: it was touched, has no version, and
   * nothing will happen to it by itself.
   */
  boolean isNothingLeft(KeyEntry<S, V> entry) throws IOException {
    return entry.isHotChanged()
        && !entry.isCleared()
        && entry.hot().waiting == null
        && nextDeadline(entry.hot()) == Aggregate.NEVER
        && isNothing(entry);
  }

  private boolean isNothing(KeyEntry<S, V> entry) throws IOException {
    Hot<V> hot = entry.hot();
    return aggregate(hot).isNothing(entry.state(), hot.vitals);
  }

  /**
   * Of a key that is over keeps the clock, and nothing else, until time has passed it: a record
   * that ran ahead was applied, and the next life must not begin before it.
   */
  void keepClock(KeyEntry<S, V> entry) {
    entry.startOver();
    entry.hot().resultsUntil = entry.hot().moment.clock() + 1;
  }

  /**
   * The clock of the key's next deadline. It may lie behind the newest record of the key, which can
   * be of a source partition that runs ahead: that must not hide what was due before. A key that
   * waits has none but the next attempt: its time stands still.
   */
  long nextDeadline(Hot<V> hot) {
    if (hot.waiting != null) {
      return hot.waiting.retryAt();
    }
    long deadline = aggregate(hot).deadline(hot.vitals);
    if (deadline != Aggregate.NEVER) {
      return deadline;
    }
    return hot.resultsUntil == 0 ? Aggregate.NEVER : hot.resultsUntil;
  }
}
