// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Cause;
import io.twinlog.domain.Circumstance;
import io.twinlog.domain.Decision;
import io.twinlog.domain.ExpectedVersion;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.flink.Change.Step;
import io.twinlog.flink.Input.Report;
import io.twinlog.flink.Input.Request;
import io.twinlog.flink.Input.Unreadable;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.LogClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What happens to an input of a key, in order: the deadlines before it, deduplication, the
 * decision, the fold, the outputs. It knows neither the aggregate nor Flink; {@link
 * AggregateOperator} gives it the key's values and keeps them.
 */
final class AggregateShell<S, V, C, E> {
  private final AggregateBinding<S, V, C, E> binding;
  private final Aggregate<S, V, C, E> aggregate;
  private final AggregateSettings settings;
  private final Outputs outputs;
  private final Replies replies;
  private final ShellMetrics metrics;

  AggregateShell(
      AggregateBinding<S, V, C, E> binding,
      AggregateSettings settings,
      Outputs outputs,
      ShellMetrics metrics) {
    this.binding = binding;
    this.aggregate = binding.aggregate();
    this.settings = settings;
    this.outputs = outputs;
    this.replies = new Replies(settings, outputs, metrics);
    this.metrics = metrics;
  }

  /** Works one record off. */
  void apply(KeyEntry<S, V> entry, InboxRecord record) throws IOException {
    fireDeadlines(entry, entry.hot().limit(record));
    if (entry.isCleared()) {
      entry.startOver();
    }
    long rules = rules(entry.hot(), record);
    outputs.begin(settings.inboxId(), record.place(), 0, record.clock(), rules);
    outputs.noticesAt(entry.hot().latest(record.clock()), rules);
    if (!record.fault().isEmpty()) {
      replies.deadLetter(
          record,
          DeadLetterReason.MALFORMED,
          List.of(new Reason("not_routed", "", record.fault())));
      return;
    }
    Input<C> input = binding.read(record);
    if (input instanceof Unreadable<C> unreadable) {
      replies.deadLetter(record, unreadable.reason(), unreadable.errors());
    } else if (input instanceof Report<C> report) {
      report(entry, record, report);
    } else {
      request(entry, record, (Request<C>) input);
    }
  }

  private static <V> long rules(Hot<V> hot, InboxRecord record) {
    return Math.max(hot.rules, record.rules());
  }

  private void report(KeyEntry<S, V> entry, InboxRecord record, Report<C> report)
      throws IOException {
    Hot<V> hot = entry.hot();
    Moment now = record.clock().moment();
    long since = now.clock() - settings.idsHorizonMillis();
    if (hot.ids.contains(report.idHash(), since)) {
      metrics.duplicate();
      return;
    }
    List<Step<S, E>> steps = List.of();
    List<E> events = List.of();
    if (!aggregate.touchesOnlyVitals(hot.vitals, report.command(), now)) {
      Decision<E> decision = aggregate.decide(entry.state(), hot.vitals, report.command(), now);
      if (decision instanceof Decision.Refused<E> refused) {
        replies.deadLetter(record, reason(refused), refused.reasons());
        return;
      }
      events = ((Decision.Accepted<E>) decision).events();
      steps =
          fold(entry, events, now, event -> aggregate.circumstance(report.command(), event, now));
    }
    hot.vitals = aggregate.observe(hot.vitals, report.command(), events, now);
    hot.ids.add(report.idHash(), now.clock(), since);
    if (aggregate.isSignOfLife(report.command())) {
      hot.signOfLife(record);
    }
    publish(entry, steps, report.trace(), now, rules(hot, record));
    applied(entry, record);
    metrics.applied();
  }

  /** Why an event was refused is one of dlq.reason; anything else is a defect of the rules. */
  private static DeadLetterReason reason(Decision.Refused<?> refused) {
    String code = refused.reasons().get(0).code();
    return DeadLetterReason.of(code)
        .orElseThrow(() -> new IllegalStateException(code + " is no reason of a dead letter"));
  }

  private void request(KeyEntry<S, V> entry, InboxRecord record, Request<C> request)
      throws IOException {
    Hot<V> hot = entry.hot();
    Moment now = record.clock().moment();
    long since = now.clock() - settings.resultsHorizonMillis();
    byte[] first = entry.results().of(request.id(), since);
    if (first != null) {
      metrics.duplicate();
      replies.again(request, first);
      return;
    }
    long version = aggregate.version(entry.state());
    Decision<E> decision = decide(entry, request, version, now);
    byte[] result;
    if (decision instanceof Decision.Refused<E> refused) {
      result = replies.refused(request, entry.key(), version, refused.reasons());
      metrics.refused();
    } else {
      List<E> events = ((Decision.Accepted<E>) decision).events();
      List<Step<S, E>> steps =
          fold(entry, events, now, event -> aggregate.circumstance(request.command(), event, now));
      hot.vitals = aggregate.observe(hot.vitals, request.command(), events, now);
      publish(entry, steps, request.trace(), now, rules(hot, record));
      result = replies.accepted(request, entry.key(), version, steps.size());
      metrics.applied();
    }
    entry.results().add(request.id(), now.clock(), result, settings.resultsMax(), since);
    entry.resultsChanged();
    hot.resultsUntil = Math.max(hot.resultsUntil, now.clock() + settings.resultsHorizonMillis());
    applied(entry, record);
  }

  /**
   * Of a key without a version the rules say first what it lacks; only what they would accept is in
   * conflict with the version that was expected.
   */
  private Decision<E> decide(KeyEntry<S, V> entry, Request<C> request, long version, Moment now)
      throws IOException {
    Optional<Reason> conflict = ExpectedVersion.conflict(request.expectedVersion(), version);
    if (conflict.isPresent() && version > 0) {
      return new Decision.Refused<>(List.of(conflict.get()));
    }
    Decision<E> decision =
        aggregate.decide(entry.state(), entry.hot().vitals, request.command(), now);
    return conflict.isPresent() && decision instanceof Decision.Accepted
        ? new Decision.Refused<>(List.of(conflict.get()))
        : decision;
  }

  private List<Step<S, E>> fold(
      KeyEntry<S, V> entry, List<E> events, Moment at, Function<E, Circumstance> why)
      throws IOException {
    List<Step<S, E>> steps = new ArrayList<>(events.size());
    for (E event : events) {
      S before = entry.state();
      Circumstance circumstance = why.apply(event);
      Recorded<E> recorded =
          new Recorded<>(
              aggregate.version(before) + 1,
              at,
              circumstance.occurredAt(),
              circumstance.cause(),
              event);
      S after = aggregate.evolve(before, recorded);
      entry.state(after);
      entry.hot().vitals = aggregate.mirror(entry.hot().vitals, after, at);
      steps.add(new Step<>(before, recorded, after));
    }
    return steps;
  }

  private void publish(
      KeyEntry<S, V> entry, List<Step<S, E>> steps, Trace trace, Moment now, long rules)
      throws IOException {
    Hot<V> hot = entry.hot();
    boolean changed = !steps.isEmpty();
    boolean projection = changed || aggregate.projectionDue(hot.vitals, now);
    if (!projection) {
      return;
    }
    S state = entry.state();
    boolean snapshot = changed && aggregate.snapshotDue(state, hot.vitals, now);
    boolean ended = changed && aggregate.ended(state);
    binding.publish(
        new Change<>(entry.key(), steps, state, hot.vitals, trace, rules, snapshot, ended),
        outputs);
    hot.vitals = aggregate.projected(hot.vitals, now);
    if (snapshot) {
      hot.vitals = aggregate.snapshotTaken(hot.vitals, state, now);
    }
    if (ended) {
      entry.clear();
    }
  }

  private void applied(KeyEntry<S, V> entry, InboxRecord record) {
    Hot<V> hot = entry.hot();
    hot.place = record.place();
    hot.nextIndex = outputs.nextIndex();
    hot.rules = rules(hot, record);
    if (record.clock().clock() >= hot.moment.clock()) {
      hot.epoch = record.clock().epoch();
      hot.moment = record.clock().moment();
    }
    entry.hotChanged();
  }

  /** Applies every deadline below {@code limit}, earliest first, each at its own time. */
  void fireDeadlines(KeyEntry<S, V> entry, long limit) throws IOException {
    Hot<V> hot = entry.hot();
    long next = nextDeadline(hot);
    while (next < limit && !entry.isCleared()) {
      long deadline = aggregate.deadline(hot.vitals);
      if (deadline == Aggregate.NEVER) {
        endResults(entry);
        return;
      }
      boolean something = fireDeadline(entry, hot.moment.atClock(next));
      if (!something && aggregate.deadline(hot.vitals) <= deadline) {
        throw new IllegalStateException(
            "the deadline of " + entry.key() + " did not move: " + deadline);
      }
      next = nextDeadline(hot);
    }
  }

  /** Of a key without a version nothing else is left. */
  private void endResults(KeyEntry<S, V> entry) throws IOException {
    if (aggregate.version(entry.state()) == 0) {
      entry.clear();
    } else {
      entry.forgetResults();
      entry.hot().resultsUntil = 0;
      entry.hotChanged();
    }
  }

  /**
   * Whether anything came of it; what came may have left, or set, another deadline for the same
   * clock.
   */
  private boolean fireDeadline(KeyEntry<S, V> entry, Moment at) throws IOException {
    Hot<V> hot = entry.hot();
    int firstIndex = hot.nextIndex;
    outputs.begin(
        settings.inboxId(),
        hot.place,
        hot.nextIndex,
        new LogClock(hot.epoch, at.clock(), at.logTime()),
        hot.rules);
    outputs.noticesAt(hot.latest(new LogClock(hot.epoch, at.clock(), at.logTime())), hot.rules);
    List<E> events = aggregate.atDeadline(entry.state(), hot.vitals, at);
    Circumstance silence = new Circumstance(at.logTime(), Cause.TIMEOUT);
    List<Step<S, E>> steps = fold(entry, events, at, event -> silence);
    publish(entry, steps, Trace.NONE, at, hot.rules);
    hot.nextIndex = outputs.nextIndex();
    if (at.clock() > hot.moment.clock()) {
      hot.moment = at;
    }
    entry.hotChanged();
    metrics.deadline();
    return hot.nextIndex > firstIndex;
  }

  /**
   * Whether the key has become one that nobody ever heard of: it was touched, has no version, and
   * nothing will happen to it by itself.
   */
  boolean isNothingLeft(KeyEntry<S, V> entry) throws IOException {
    return entry.isHotChanged()
        && !entry.isCleared()
        && nextDeadline(entry.hot()) == Aggregate.NEVER
        && aggregate.version(entry.state()) == 0;
  }

  /**
   * Of a key that is over keeps the clock, and nothing else, until time has passed it: a record
   * that ran ahead was applied, and the next life must not begin before it.
   */
  void keepClock(KeyEntry<S, V> entry) throws IOException {
    entry.startOver();
    entry.hot().resultsUntil = entry.hot().moment.clock() + 1;
  }

  /**
   * The clock of the key's next deadline. It may lie behind the newest record of the key, which can
   * be of a source partition that runs ahead: that must not hide what was due before.
   */
  long nextDeadline(Hot<V> hot) {
    long deadline = aggregate.deadline(hot.vitals);
    if (deadline != Aggregate.NEVER) {
      return deadline;
    }
    return hot.resultsUntil == 0 ? Aggregate.NEVER : hot.resultsUntil;
  }
}
