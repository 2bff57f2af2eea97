// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second stage all of whose keys look at one table. What changes the table comes as the second
 * input, to every subtask; it is put in the order (clock, key, input of the key) when the watermark
 * has passed it, before anything of the same time is done to a key. So each subtask has the same
 * table at the same clock.
 *
 * <p>State, beside that of a second stage: {@code common}, in union list state: the table and what
 * waits for its clock. One subtask writes it, and all read it.
 */
public final class WatchingStageOperator<S, N, F> extends SecondStageOperator<S, N, F>
    implements TwoInputStreamOperator<Notice, Notice, OutputRecord> {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(WatchingStageOperator.class);

  private static final Comparator<Notice> ORDER =
      Comparator.<Notice>comparingLong(notice -> notice.clock().clock())
          .thenComparing(Notice::key)
          .thenComparingLong(notice -> notice.place().offset());

  private final SerializableSupplier<WatchingBinding<S, N, F>> watching;

  private transient WatchingBinding<S, N, F> table;
  private transient ListState<byte[]> common;
  private transient List<Notice> coming;
  private transient byte[] restored;

  public WatchingStageOperator(
      SerializableSupplier<WatchingBinding<S, N, F>> bindings,
      SecondStageSettings settings,
      TopicDirectory topics) {
    super(null, settings, topics);
    this.watching = bindings;
  }

  @Override
  SecondStageBinding<S, N, F> open(SecondStageSettings settings) {
    table = watching.get();
    return table;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    coming = new ArrayList<>();
    common =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("common", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] bytes : common.get()) {
      restored = bytes;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge("twinlog_table_refused", table::refused);
    if (restored != null) {
      DataInputDeserializer in = new DataInputDeserializer(restored);
      table.restore(Bytes.read(in));
      for (int left = in.readInt(); left > 0; left--) {
        coming.add(Notice.read(in));
      }
      restored = null;
    }
  }

  @Override
  public void processElement1(StreamRecord<Notice> element) throws Exception {
    processElement(element);
  }

  @Override
  public void processElement2(StreamRecord<Notice> element) {
    Notice notice = element.getValue();
    requireAhead(notice);
    if (coming.size() == bufferMax()) {
      throw tooMany();
    }
    coming.add(notice);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() == Long.MAX_VALUE) {
      super.processWatermark(mark);
      return;
    }
    List<Notice> come = new ArrayList<>();
    for (Notice notice : coming) {
      if (notice.clock().clock() <= mark.getTimestamp()) {
        come.add(notice);
      }
    }
    if (!come.isEmpty()) {
      coming.removeIf(notice -> notice.clock().clock() <= mark.getTimestamp());
      come.sort(ORDER);
      long refused = table.refused();
      for (Notice notice : come) {
        table.changed(notice);
      }
      if (table.refused() > refused) {
        LOG.warn(
            "the table is full: {} changes have no effect, {} since the start",
            table.refused() - refused,
            table.refused());
      }
    }
    super.processWatermark(mark);
    table.passed(mark.getTimestamp());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    common.clear();
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      DataOutputSerializer out = new DataOutputSerializer(1_024);
      Bytes.write(table.table(), out);
      out.writeInt(coming.size());
      for (Notice notice : coming) {
        notice.write(out);
      }
      common.add(out.getCopyOfBuffer());
    }
  }
}
