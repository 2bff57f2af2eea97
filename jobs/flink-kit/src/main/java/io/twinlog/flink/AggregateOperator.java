// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.BinaryCodec;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The Flink side of every stateful job: three values per key in RocksDB, one lazy timer per key,
 * and {@link AggregateShell} for all that is done with them. It is an operator, not a process
 * function, as the final watermark of a bounded or drained input must fire nothing.
 *
 * <p>State, per key: {@code hot} (each input; ends with the aggregate), {@code state} (only when it
 * changes), {@code results} (only for commands; at most {@link AggregateSettings#resultsMax}).
 */
public final class AggregateOperator<S, V, C, E> extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<InboxRecord, OutputRecord>,
        Triggerable<String, VoidNamespace> {
  /** What second stages are told. */
  public static final OutputTag<Notice> NOTICES = new OutputTag<>("notices", Notice.TYPE);

  private static final long serialVersionUID = 1;

  private final SerializableSupplier<AggregateBinding<S, V, C, E>> bindings;
  private final AggregateSettings settings;
  private final TopicDirectory topics;

  private transient AggregateShell<S, V, C, E> shell;
  private transient KeyEntry.Store<S, V> store;
  private transient InternalTimerService<VoidNamespace> timers;

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
    AggregateBinding<S, V, C, E> binding = bindings.get();
    StreamRecord<OutputRecord> reused = new StreamRecord<>(null);
    StreamRecord<Notice> notice = new StreamRecord<>(null);
    Outputs outputs =
        new Outputs(
            settings.job(),
            topics,
            record -> output.collect(reused.replace(record)),
            told -> output.collect(NOTICES, notice.replace(told)));
    shell = new AggregateShell<>(binding, settings, outputs, new ShellMetrics(getMetricGroup()));
    store = new RocksStore(binding);
    timers = getInternalTimerService("deadlines", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<InboxRecord> element) throws Exception {
    InboxRecord record = element.getValue();
    KeyEntry<S, V> entry = new KeyEntry<>(record.key(), store);
    shell.apply(entry, record);
    close(entry);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    KeyEntry<S, V> entry = new KeyEntry<>(timer.getKey(), store);
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
    entry.close();
  }

  /** The three values in Flink's keyed state, as bytes. */
  private final class RocksStore implements KeyEntry.Store<S, V> {
    private final AggregateBinding<S, V, C, E> binding;
    private final BinaryCodec<V> vitals;
    private final DataOutputSerializer buffer = new DataOutputSerializer(512);
    private final ValueState<byte[]> hot = value("hot");
    private final ValueState<byte[]> state = value("state");
    private final ValueState<byte[]> results = value("results");

    RocksStore(AggregateBinding<S, V, C, E> binding) {
      this.binding = binding;
      this.vitals = binding.vitals();
    }

    private ValueState<byte[]> value(String name) {
      return getRuntimeContext()
          .getState(new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public Hot<V> readHot() throws IOException {
      byte[] bytes = hot.value();
      return bytes == null ? null : Hot.decode(bytes, settings.idsMax(), vitals);
    }

    @Override
    public Hot<V> newHot() {
      return new Hot<>(settings.idsMax(), binding.aggregate().initialVitals());
    }

    @Override
    public S readState(String key) throws IOException {
      byte[] bytes = state.value();
      return bytes == null ? binding.aggregate().initial(key) : binding.states().decode(bytes);
    }

    @Override
    public RecentResults readResults() throws IOException {
      return RecentResults.decode(results.value());
    }

    @Override
    public void writeHot(Hot<V> value) throws IOException {
      hot.update(value.encode(vitals, buffer));
    }

    @Override
    public void writeState(S value) throws IOException {
      state.update(binding.states().encode(value));
    }

    @Override
    public void writeResults(RecentResults value) throws IOException {
      if (value.isEmpty()) {
        results.clear();
      } else {
        results.update(value.encode());
      }
    }

    @Override
    public void clear() {
      hot.clear();
      state.clear();
      results.clear();
    }
  }
}
