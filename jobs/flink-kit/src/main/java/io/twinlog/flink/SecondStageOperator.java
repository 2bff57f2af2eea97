// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.wire.LogClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The second stage of a job: aggregates whose inputs come from many keys through a shuffle, in no
 * order. It holds each notice until the watermark has passed its clock, and applies them in the
 * order (clock, key, input of the key): a second or two later, but the same whatever the
 * parallelism, the crashes and the restarts.
 *
 * <p>State, per key: {@code gathered} (each batch of one clock), {@code waiting} (notices of a
 * clock that has not passed; at most {@link SecondStageSettings#bufferMax} in a subtask), one timer
 * for each such clock and one for the key's own deadline.
 */
public sealed class SecondStageOperator<S, N, F> extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<Notice, OutputRecord>, Triggerable<String, VoidNamespace>
    permits WatchingStageOperator {
  private static final long serialVersionUID = 1;

  /**
   * Of one clock. Those of one input of a key stay in the order in which they came: its versions
   * need not count up, where it ends and begins anew when what has waited is worked off.
   */
  private static final Comparator<Notice> ORDER =
      Comparator.comparing(Notice::key).thenComparingLong(notice -> notice.place().offset());

  private final SerializableSupplier<SecondStageBinding<S, N, F>> bindings;
  private final SecondStageSettings settings;
  private final TopicDirectory topics;

  private transient SecondStageBinding<S, N, F> binding;
  private transient Gathering<S, N, F> gathering;
  private transient Outputs outputs;
  private transient ValueState<byte[]> gathered;
  private transient InternalListState<String, Long, byte[]> waiting;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient DataOutputSerializer buffer;
  private transient long held;

  public SecondStageOperator(
      SerializableSupplier<SecondStageBinding<S, N, F>> bindings,
      SecondStageSettings settings,
      TopicDirectory topics) {
    this.bindings = bindings;
    this.settings = settings;
    this.topics = topics;
  }

  @Override
  public void open() throws Exception {
    super.open();
    binding = open(settings);
    gathering = binding.gathering();
    buffer = new DataOutputSerializer(512);
    StreamRecord<OutputRecord> reused = new StreamRecord<>(null);
    outputs =
        new Outputs(
            settings.writer(),
            topics,
            record -> output.collect(reused.replace(record)),
            notice -> output.collect(Notice.NOTICES, new StreamRecord<>(notice)));
    gathered =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("gathered", BytePrimitiveArraySerializer.INSTANCE));
    waiting = waitingState();
    timers = getInternalTimerService("clocks", VoidNamespaceSerializer.INSTANCE, this);
    held = countHeld();
    getMetricGroup().gauge("twinlog_notices_waiting", () -> held);
  }

  /** The binding of this subtask. */
  SecondStageBinding<S, N, F> open(SecondStageSettings of) {
    return bindings.get();
  }

  @SuppressWarnings("unchecked") // Flink's own way to state with a namespace
  private InternalListState<String, Long, byte[]> waitingState() throws Exception {
    return (InternalListState<String, Long, byte[]>)
        (Object)
            getOrCreateKeyedState(
                LongSerializer.INSTANCE,
                new ListStateDescriptor<>("waiting", BytePrimitiveArraySerializer.INSTANCE));
  }

  /** After a restart: what the state holds is not told in any number. */
  private long countHeld() throws Exception {
    long count = 0;
    try (var keys = this.<String>getKeyedStateBackend().<Long>getKeysAndNamespaces("waiting")) {
      for (var entry :
          (Iterable<org.apache.flink.api.java.tuple.Tuple2<String, Long>>) keys::iterator) {
        setCurrentKey(entry.f0);
        waiting.setCurrentNamespace(entry.f1);
        count += notices().size();
      }
    }
    return count;
  }

  @Override
  public void processElement(StreamRecord<Notice> element) throws Exception {
    Notice notice = element.getValue();
    requireAhead(notice);
    if (++held > settings.bufferMax()) {
      throw tooMany();
    }
    long clock = notice.clock().clock();
    buffer.clear();
    notice.write(buffer);
    waiting.setCurrentNamespace(clock);
    waiting.add(buffer.getCopyOfBuffer());
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, clock);
  }

  /** What is told comes before the watermark passes its clock. */
  void requireAhead(Notice notice) {
    if (notice.clock().clock() <= timers.currentWatermark()) {
      throw new IllegalStateException(
          "%s/%d comes at clock %d, behind the watermark %d: its order is lost"
              .formatted(
                  notice.key(),
                  notice.version(),
                  notice.clock().clock(),
                  timers.currentWatermark()));
    }
  }

  int bufferMax() {
    return settings.bufferMax();
  }

  IllegalStateException tooMany() {
    return new IllegalStateException(
        "%s holds %d changes that wait for a source partition that lags: let the router read on, or raise %s"
            .formatted(settings.writer(), settings.bufferMax(), settings.bufferSetting()));
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    long clock = timer.getTimestamp();
    waiting.setCurrentNamespace(clock);
    List<Notice> notices = notices();
    byte[] kept = gathered.value();
    if (kept == null && notices.isEmpty()) {
      return;
    }
    Gatherer<S> gatherer =
        kept == null
            ? new Gatherer<>(gathering.initial(timer.getKey()))
            : Gatherer.decode(kept, binding.states());
    if (gatherer.timer == clock) {
      gatherer.timer = Gatherer.NO_TIMER;
    }
    fireDeadlines(timer.getKey(), gatherer, clock);
    if (!notices.isEmpty()) {
      waiting.clear();
      held -= notices.size();
      notices.sort(ORDER);
      for (Notice notice : notices) {
        apply(timer.getKey(), gatherer, notice);
      }
    }
    fireDeadlines(timer.getKey(), gatherer, clock + 1);
    close(gatherer);
  }

  private List<Notice> notices() throws Exception {
    List<Notice> notices = new ArrayList<>();
    Iterable<byte[]> kept = waiting.get();
    if (kept != null) {
      for (byte[] bytes : kept) {
        notices.add(Notice.read(new DataInputDeserializer(bytes)));
      }
    }
    return notices;
  }

  private void apply(String key, Gatherer<S> gatherer, Notice notice) throws IOException {
    if (gathering.ended(gatherer.state)) {
      // Its next life begins within the same clock.
      gatherer.state = gathering.initial(key);
    }
    gatherer.heard(notice);
    N content = binding.notices().read(new DataInputDeserializer(notice.value()));
    publish(
        key,
        gatherer,
        notice.clock(),
        gathering.take(gatherer.state, content, notice.clock().moment()));
  }

  /** Applies every deadline below {@code limit}, earliest first, each at its own time. */
  private void fireDeadlines(String key, Gatherer<S> gatherer, long limit) {
    long next = gathering.deadline(gatherer.state);
    while (next < limit && !gathering.ended(gatherer.state)) {
      Moment at = gatherer.at(next);
      LogClock clock = new LogClock(gatherer.clock.epoch(), at.clock(), at.logTime());
      publish(key, gatherer, clock, gathering.atDeadline(gatherer.state, at));
      long after = gathering.deadline(gatherer.state);
      if (after <= next) {
        throw new IllegalStateException("the deadline of " + key + " did not move: " + next);
      }
      next = after;
    }
  }

  private void publish(String key, Gatherer<S> gatherer, LogClock clock, Gathered<S, F> result) {
    gatherer.state = result.state();
    outputs.begin(settings.inboxId(), gatherer.place, gatherer.nextIndex, clock, gatherer.rules);
    outputs.noticesAt(clock, gatherer.rules);
    for (F fact : result.facts()) {
      binding.publish(key, fact, outputs);
    }
    gatherer.nextIndex = outputs.nextIndex();
  }

  private void close(Gatherer<S> gatherer) throws IOException {
    if (gathering.ended(gatherer.state)) {
      // Its timer stays, as notices may wait for the same clock: it finds nothing.
      gathered.clear();
      return;
    }
    long next = gathering.deadline(gatherer.state);
    if (next != Aggregate.NEVER && next < gatherer.timer) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
      gatherer.timer = next;
    }
    gathered.update(gatherer.encode(binding.states(), buffer));
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("a second stage sets no timer on the machine's clock");
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
}
