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
import io.twinlog.schemas.Event;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.handler.Handlers.Handled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * What one input, or one deadline, does to its key: deduplication, the decision, the fold, the
 * outputs. It may throw half-way, where a rule does: {@link AggregateShell} then sees to it that
 * nothing has happened.
 */
final class InputWork<S, V, C, E> {
  private final AggregateBinding<S, V, C, E> binding;
  private final AggregateSettings settings;
  private final Outputs outputs;
  private final Replies replies;
  private final Handlers handlers;
  private final ShellMetrics metrics;
  private final SingleObject singleObject = new SingleObject();

  /** The rules in force at what is worked on. */
  private Aggregate<S, V, C, E> aggregate;

  InputWork(
      AggregateBinding<S, V, C, E> binding,
      AggregateSettings settings,
      Outputs outputs,
      Replies replies,
      Handlers handlers,
      ShellMetrics metrics) {
    this.binding = binding;
    this.settings = settings;
    this.outputs = outputs;
    this.replies = replies;
    this.handlers = handlers;
    this.metrics = metrics;
  }

  /** Works one record off. */
  Outcome input(KeyEntry<S, V> entry, InboxRecord record, Turn turn) throws IOException {
    begin(entry, record, turn);
    if (!record.fault().isEmpty()) {
      return deadLetter(
          record,
          DeadLetterReason.MALFORMED,
          List.of(new Reason("not_routed", "", record.fault())));
    }
    Input<C> input = binding.read(record);
    if (input instanceof Unreadable<C> unreadable) {
      return deadLetter(record, unreadable.reason(), unreadable.errors());
    }
    return input instanceof Report<C> report
        ? report(entry, record, report, turn)
        : request(entry, record, (Request<C>) input, turn);
  }

  /**
   * Tries the handler again that failed at the router, and works off what it makes of the event.
   *
   * @throws Failure.HandlerFailed when it fails again with MEDIUM
   * @throws SuppressRestartsException when it demands that the job ends
   */
  Outcome handled(KeyEntry<S, V> entry, InboxRecord record, Turn turn) throws IOException {
    begin(entry, record, turn);
    Event event = singleObject.decode(record.value(), Event.class);
    EventHandler handler =
        handlers
            .of(event.getEventType())
            .orElseThrow(() -> new Failure.HandlerFailed(missing(event.getEventType())));
    EventContext context = new EventContext(event, record.key(), record.clock().moment());
    Handled handled = Handlers.run(handler, context, output -> binding.flaw(record, output));
    if (handled.failed()) {
      return failed(record, handled);
    }
    // A later output may fail, and all of them are undone then: the ids that were shared are kept.
    entry.hot().ids = entry.hot().ids.copy();
    for (Event output : handled.outputs()) {
      byte[] value = singleObject.encode(output);
      input(entry, record.handled(output, value, event.getTimestamp()), turn);
      entry.hot().place(turn.place());
      entry.hot().nextIndex = outputs.nextIndex();
      entry.hotChanged();
    }
    return handled.outputs().isEmpty() ? Outcome.DISCARDED : Outcome.APPLIED;
  }

  private String missing(String eventType) {
    return "%s has no handler on the class path of job %s: the router has one"
        .formatted(eventType, settings.job());
  }

  private Outcome failed(InboxRecord record, Handled handled) {
    return switch (handled.severity()) {
      case LOW -> {
        Reason why = new Reason("handler_failed", "", handled.why());
        yield deadLetter(record, DeadLetterReason.HANDLER_FAILED, List.of(why));
      }
      case MEDIUM -> throw new Failure.HandlerFailed(handled.why());
      case HIGH ->
          throw new SuppressRestartsException(
              new IllegalStateException("a handler ends the job: " + handled.why()));
    };
  }

  /** What is written from here on is caused by the turn, and of the record's time. */
  private void begin(KeyEntry<S, V> entry, InboxRecord record, Turn turn) {
    Hot<V> hot = entry.hot();
    long rules = rules(hot, record);
    aggregate = binding.aggregate(rules);
    outputs.begin(settings.inboxId(), turn.place(), turn.nextIndex(hot), record.clock(), rules);
    outputs.noticesAt(turn.notBefore(hot.latest(record.clock())), rules);
  }

  private Outcome deadLetter(InboxRecord record, DeadLetterReason reason, List<Reason> errors) {
    replies.deadLetter(record, reason, errors);
    return Outcome.DEAD_LETTERED;
  }

  private static <V> long rules(Hot<V> hot, InboxRecord record) {
    return Math.max(hot.rules, record.rules());
  }

  private Outcome report(KeyEntry<S, V> entry, InboxRecord record, Report<C> report, Turn turn)
      throws IOException {
    Hot<V> hot = entry.hot();
    Moment now = record.clock().moment();
    long since = now.clock() - settings.idsHorizonMillis();
    if (hot.ids.contains(report.idHash(), since)) {
      metrics.duplicate();
      return Outcome.DUPLICATE;
    }
    List<Step<S, E>> steps = List.of();
    List<E> events = List.of();
    if (!aggregate.touchesOnlyVitals(hot.vitals, report.command(), now)) {
      Decision<E> decision = aggregate.decide(entry.state(), hot.vitals, report.command(), now);
      if (decision instanceof Decision.Refused<E> refused) {
        return deadLetter(record, reason(refused), refused.reasons());
      }
      events = ((Decision.Accepted<E>) decision).events();
      steps =
          fold(entry, events, now, event -> aggregate.circumstance(report.command(), event, now));
    }
    hot.vitals = aggregate.observe(hot.vitals, report.command(), events, now);
    if (aggregate.isSignOfLife(report.command())) {
      hot.signOfLife(record);
    }
    publish(entry, steps, report.trace(), now, rules(hot, record));
    binding.heard(entry.key(), report, entry, outputs);
    applied(entry, record, turn);
    // Last, when nothing can fail any more: the ids are not copied before each input.
    hot.ids.add(report.idHash(), now.clock(), since);
    metrics.applied();
    return Outcome.APPLIED;
  }

  /** Why an event was refused is one of dlq.reason; anything else is a defect of the rules. */
  private static DeadLetterReason reason(Decision.Refused<?> refused) {
    String code = refused.reasons().get(0).code();
    return DeadLetterReason.of(code)
        .orElseThrow(() -> new IllegalStateException(code + " is no reason of a dead letter"));
  }

  private Outcome request(KeyEntry<S, V> entry, InboxRecord record, Request<C> request, Turn turn)
      throws IOException {
    Hot<V> hot = entry.hot();
    Moment now = record.clock().moment();
    Replies.Asked asked = Replies.Asked.of(request);
    byte[] first = entry.results().of(request.id(), now.clock() - settings.resultsHorizonMillis());
    if (first != null) {
      metrics.duplicate();
      replies.again(asked, first);
      return Outcome.DUPLICATE;
    }
    long version = aggregate.version(entry.state());
    Decision<E> decision = decide(entry, request, version, now);
    byte[] result;
    if (decision instanceof Decision.Refused<E> refused) {
      result = replies.refused(asked, entry.key(), version, refused.reasons());
    } else {
      List<E> events = ((Decision.Accepted<E>) decision).events();
      List<Step<S, E>> steps =
          fold(entry, events, now, event -> aggregate.circumstance(request.command(), event, now));
      hot.vitals = aggregate.observe(hot.vitals, request.command(), events, now);
      publish(entry, steps, request.trace(), now, rules(hot, record));
      binding.heard(entry.key(), request, entry, outputs);
      result = replies.accepted(asked, entry.key(), version, steps.size());
    }
    remember(entry, request.id(), result, now.clock());
    applied(entry, record, turn);
    if (decision instanceof Decision.Refused) {
      metrics.refused();
      return Outcome.REFUSED;
    }
    metrics.applied();
    return Outcome.APPLIED;
  }

  /** Keeps the result of a command, to answer its repeats. */
  void remember(KeyEntry<S, V> entry, String commandId, byte[] result, long clock)
      throws IOException {
    long since = clock - settings.resultsHorizonMillis();
    entry.results().add(commandId, clock, result, settings.resultsMax(), since);
    entry.resultsChanged();
    Hot<V> hot = entry.hot();
    hot.resultsUntil = Math.max(hot.resultsUntil, clock + settings.resultsHorizonMillis());
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

  private void applied(KeyEntry<S, V> entry, InboxRecord record, Turn turn) {
    Hot<V> hot = entry.hot();
    hot.place(turn.place());
    hot.nextIndex = outputs.nextIndex();
    hot.rules = rules(hot, record);
    if (record.clock().clock() >= hot.moment.clock()) {
      hot.epoch = record.clock().epoch();
      hot.moment = record.clock().moment();
    }
    entry.hotChanged();
  }

  /**
   * What the key's deadline does, at its own moment. Something always comes of it, or the deadline
   * moves: else it would be due for ever.
   *
   * @param floor second stages hear of it no earlier than at this clock
   */
  void deadline(KeyEntry<S, V> entry, Moment at, LogClock floor) throws IOException {
    Hot<V> hot = entry.hot();
    aggregate = binding.aggregate(hot.rules);
    long deadline = aggregate.deadline(hot.vitals);
    int firstIndex = hot.nextIndex;
    LogClock clock = new LogClock(hot.epoch, at.clock(), at.logTime());
    outputs.begin(settings.inboxId(), hot.place(), hot.nextIndex, clock, hot.rules);
    outputs.noticesAt(Turn.later(floor, hot.latest(clock)), hot.rules);
    List<E> events = aggregate.atDeadline(entry.state(), hot.vitals, at);
    Circumstance silence = new Circumstance(at.logTime(), Cause.TIMEOUT);
    List<Step<S, E>> steps = fold(entry, events, at, event -> silence);
    hot.vitals = aggregate.afterDeadline(hot.vitals, events);
    publish(entry, steps, Trace.NONE, at, hot.rules);
    hot.nextIndex = outputs.nextIndex();
    if (at.clock() > hot.moment.clock()) {
      hot.moment = at;
    }
    entry.hotChanged();
    // What came may have left, or set, another deadline for the same clock.
    if (hot.nextIndex == firstIndex && aggregate.deadline(hot.vitals) <= deadline) {
      throw new IllegalStateException(
          "the deadline of " + entry.key() + " did not move: " + deadline);
    }
    metrics.deadline();
  }
}
