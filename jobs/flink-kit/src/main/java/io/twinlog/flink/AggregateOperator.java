// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The Flink side of every stateful job: the values of each key in RocksDB with a {@link KeyCache}
 * before it, one lazy timer per key, and {@link AggregateShell} for all that is done with them. It
 * is an operator, not a process function, as the final watermark of a bounded or drained input must
 * fire nothing, and as what the cache holds must be in RocksDB before a barrier passes.
 *
 * <p>State, per key: {@code hot} (each input; ends with the aggregate), {@code state} (only when it
 * changes), {@code results} (only for commands; at most {@link AggregateSettings#resultsMax}),
 * {@code parked} (only while it waits; at most {@link ParkingSettings#recordsMax}).
 */
public final class AggregateOperator<S, V, C, E> extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<InboxRecord, OutputRecord>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1;

  /** An input waits for others at most so long: {@link InputGroup}. */
  private static final long LINGER_MILLIS = 5;

  private final SerializableSupplier<AggregateBinding<S, V, C, E>> bindings;
  private final AggregateSettings settings;
  private final TopicDirectory topics;

  private transient AggregateShell<S, V, C, E> shell;
  private transient KeyCache<S, V> cache;
  private transient InputGroup<S, V> group;
  private transient boolean lingering;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Uncommitted uncommitted;
  private transient StreamRecord<OutputRecord> record;
  private transient StreamRecord<Notice> notice;
  private transient BarrierPause pause;
  private transient LedgerBook book;
  private transient Consumer<OutputRecord> collecting;
  private transient Consumer<Notice> telling;

  public AggregateOperator(
      SerializableSupplier<AggregateBinding<S, V, C, E>> bindings,
      AggregateSettings settings,
      TopicDirectory topics) {
    this.bindings = bindings;
    this.settings = settings;
    this.topics = topics;
  }

  @Override
  public void open() throws Exception {
    super.open();
    record = new StreamRecord<>(null);
    notice = new StreamRecord<>(null);
    uncommitted = new Uncommitted();
    pause = new BarrierPause();
    book = new LedgerBook();
    collecting = this::collect;
    telling = this::tell;
    Outputs outputs = new Outputs(settings.job(), topics, uncommitted::add, uncommitted::add);
    AggregateBinding<S, V, C, E> binding = bindings.get();
    ShellMetrics metrics = new ShellMetrics(getMetricGroup());
    RocksStore<S, V> store =
        new RocksStore<>(binding, settings.idsMax(), getRuntimeContext(), metrics);
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    int keyGroups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    ParkedKeys parked = new ParkedKeys(store, backend, keyGroups, settings.parking());
    cache =
        new KeyCache<>(
            store,
            settings.cache(),
            this::setCurrentKey,
            getProcessingTimeService()::getCurrentProcessingTime);
    group = new InputGroup<>(cache, settings.cache().grouped());
    shell =
        new AggregateShell<>(
            binding,
            settings,
            parked,
            new AggregateShell.Written(outputs, uncommitted),
            UserHandlers.load(getUserCodeClassloader()),
            metrics);
    timers = getInternalTimerService("deadlines", VoidNamespaceSerializer.INSTANCE, this);
    metrics.gauges(parked::size, cache, pause::millis);
  }

  /** A key becomes the current one when the turn of its input comes. */
  @Override
  public void setKeyContextElement(StreamRecord<InboxRecord> element) {}

  @Override
  public void processElement(StreamRecord<InboxRecord> element) throws Exception {
    group.add(element.getValue());
    if (group.isFull()) {
      group.work(this::apply);
    } else if (!lingering) {
      linger();
    }
  }

  private void linger() {
    ProcessingTimeService time = getProcessingTimeService();
    time.registerTimer(
        time.getCurrentProcessingTime() + LINGER_MILLIS,
        at -> {
          lingering = false;
          group.work(this::apply);
        });
    lingering = true;
  }

  private void apply(InboxRecord input) throws Exception {
    Outcome outcome = Outcome.DISCARDED;
    if (shell.concerns(input)) {
      setCurrentKey(input.key());
      KeyEntry<S, V> entry = cache.get(input.key());
      outcome = shell.apply(entry, input);
      close(entry);
    }
    InboxRecord.Place place = input.place();
    book.outcome(settings.inboxName(), place.partition(), place.offset(), outcome);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    KeyEntry<S, V> entry = cache.get(timer.getKey());
    if (entry.hot().timer == timer.getTimestamp()) {
      entry.hot().timer = Hot.NO_TIMER;
      entry.hotChanged();
    }
    // The watermark is the frontier less one: deadlines at or below it are past.
    shell.fireDeadlines(entry, timers.currentWatermark() + 1);
    close(entry);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever set");
  }

  /** The final watermark says that the input ends, not that time has passed. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    group.work(this::apply);
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      output.emitWatermark(mark);
    } else {
      super.processWatermark(mark);
    }
  }

  /**
   * One timer per key, set when there is none or the deadline has moved before it; a later deadline
   * waits for it.
   */
  private void close(KeyEntry<S, V> entry) throws IOException {
    if (shell.isNothingLeft(entry)) {
      entry.clear();
    }
    if (entry.isCleared() && entry.hot().moment.clock() > timers.currentWatermark()) {
      shell.keepClock(entry);
    }
    Hot<V> hot = entry.hot();
    if (entry.isCleared()) {
      if (hot.timer != Hot.NO_TIMER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, hot.timer);
      }
    } else if (entry.isHotChanged()) {
      long next = shell.nextDeadline(hot);
      if (next < hot.timer) {
        if (hot.timer != Hot.NO_TIMER) {
          timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, hot.timer);
        }
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
        hot.timer = next;
      }
    }
    cache.put(entry);
    uncommitted.commit(collecting, telling);
  }

  private void collect(OutputRecord made) {
    output.collect(record.replace(made));
  }

  private void tell(Notice told) {
    output.collect(Notice.NOTICES, notice.replace(told));
  }

  @Override
  public void finish() throws Exception {
    group.work(this::apply);
    super.finish();
  }

  /** Flink may hold on to an operator for long after its end, as one that was restarted. */
  @Override
  public void close() throws Exception {
    if (cache != null) {
      cache.release();
    }
    if (shell != null) {
      shell.close();
    }
    super.close();
  }

  /** A barrier comes: what it stands for must be in RocksDB. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    group.work(this::apply);
    pause.measure(cache::flush);
    book.handOn(tally -> output.collect(LedgerTally.TALLIES, new StreamRecord<>(tally)));
  }
}
