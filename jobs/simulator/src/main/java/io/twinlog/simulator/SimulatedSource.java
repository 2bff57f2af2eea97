// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.InboxReader;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.simulator.SimulatedOperators.Inbox;
import io.twinlog.simulator.Subtask.Position;
import io.twinlog.simulator.Subtask.Restored;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The inbox of a job: its real readers over the partitions, and what Flink does itself, the
 * watermarks and the shuffle to the subtasks of the aggregate.
 */
final class SimulatedSource implements AutoCloseable {
  /** What a checkpoint keeps of it. */
  record Saved(Restored readers, long[] positions) {
    static Saved nothing(int partitions) {
      return new Saved(Restored.NOTHING, new long[partitions]);
    }
  }

  /** Where it reads. */
  record Read(SimulatedBroker broker, Inbox inbox) {}

  /** The subtasks of aggregates, and which records are theirs. */
  record Taking(Predicate<InboxRecord> takes, List<Subtask<InboxRecord, OutputRecord>> subtasks) {}

  private final SimulatedBroker broker;
  private final Topic inbox;
  private final UnaryOperator<List<InboxRecord>> handing;
  private final List<Taking> aggregates;
  private final List<Subtask<SourceRecord, InboxRecord>> readers = new ArrayList<>();
  private final List<WatermarkGenerator<SourceRecord>> generators = new ArrayList<>();
  private final long[] positions;
  private final long[] marks;
  private final long[] told;

  /**
   * @param handing what becomes of records on their way to the aggregates
   * @param aggregates that they go to; there are as many readers as of each subtasks
   */
  SimulatedSource(
      Read from, UnaryOperator<List<InboxRecord>> handing, List<Taking> aggregates, Saved saved)
      throws Exception {
    this.broker = from.broker();
    this.inbox = from.inbox().topic();
    this.handing = handing;
    this.aggregates = aggregates;
    positions = saved.positions().clone();
    marks = new long[positions.length];
    Arrays.fill(marks, Long.MIN_VALUE);
    int parallelism = aggregates.get(0).subtasks().size();
    told = new long[parallelism];
    Arrays.fill(told, Long.MIN_VALUE);
    for (int q = 0; q < positions.length; q++) {
      generators.add(StatefulTopology.watermarks());
    }
    for (int i = 0; i < parallelism; i++) {
      readers.add(
          Subtask.of(
              new InboxReader(broker.directory().entry(inbox), from.inbox().shared()),
              InboxRecord.TYPE,
              new Position(i, parallelism, true),
              saved.readers()));
    }
  }

  /** Reads up to {@code most} records of an inbox partition into the channels. */
  void read(int partition, int most) throws Exception {
    List<LogEntry> log = broker.log(inbox).get(partition);
    int index = partition % readers.size();
    Subtask<SourceRecord, InboxRecord> reader = readers.get(index);
    for (int i = 0; i < most && positions[partition] < log.size(); i++) {
      LogEntry entry = log.get((int) positions[partition]++);
      SourceRecord record =
          new SourceRecord(
              inbox.in(SimulatedBroker.PREFIX),
              partition,
              entry.offset(),
              entry.key(),
              entry.value(),
              entry.headers());
      reader.send(0, record);
      reader.step(0);
      List<InboxRecord> handed = new ArrayList<>();
      reader.drain(handed::add);
      for (InboxRecord input : handing.apply(handed)) {
        aggregates.stream()
            .filter(aggregate -> aggregate.takes().test(input))
            .map(Taking::subtasks)
            .forEach(all -> all.get(ownerOf(input.key(), all.size())).send(index, input));
      }
      // The connector asks for watermarks after it has handed the record on.
      generators.get(partition).onEvent(record, 0, marking(partition));
      tellWatermark(index);
    }
  }

  /** The subtask of a keyed operator that has a key. */
  static int ownerOf(String key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, Subtask.MAX_PARALLELISM, parallelism);
  }

  private WatermarkOutput marking(int partition) {
    return new WatermarkOutput() {
      @Override
      public void emitWatermark(Watermark watermark) {
        marks[partition] = Math.max(marks[partition], watermark.getTimestamp());
      }

      @Override
      public void markIdle() {
        throw new IllegalStateException("an inbox is never idle");
      }

      @Override
      public void markActive() {}
    };
  }

  /** The watermark of a source subtask is the lowest of its partitions. */
  private void tellWatermark(int reader) {
    long lowest = Long.MAX_VALUE;
    for (int q = reader; q < positions.length; q += readers.size()) {
      lowest = Math.min(lowest, marks[q]);
    }
    if (lowest > told[reader]) {
      told[reader] = lowest;
      tellAll(reader, lowest);
    }
  }

  private void tellAll(int reader, long mark) {
    for (Taking aggregate : aggregates) {
      aggregate.subtasks().forEach(subtask -> subtask.sendWatermark(reader, mark));
    }
  }

  /** The input ends. */
  void end() {
    for (int i = 0; i < readers.size(); i++) {
      tellAll(i, Long.MAX_VALUE);
    }
  }

  Saved save() throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask<SourceRecord, InboxRecord> reader : readers) {
      reader.warn();
      states.add(reader.snapshot());
    }
    return new Saved(new Restored(states), positions.clone());
  }

  String where() {
    return Arrays.toString(positions);
  }

  @Override
  public void close() {
    readers.forEach(Subtask::close);
  }
}
