// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.device.DeviceJob;
import io.twinlog.domain.fleet.Fleet;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.InboxReader;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.simulator.Subtask.Position;
import io.twinlog.simulator.Subtask.Restored;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The device job: its real operators in each subtask, with the shuffles between them, whose
 * channels are drained in any order. What Flink does itself is simulated: watermarks, barriers,
 * restores.
 */
final class SimulatedDeviceJob implements AutoCloseable {
  /** What a checkpoint keeps, each operator's subtasks in their order. */
  private record Checkpoint(
      Restored readers,
      Restored aggregates,
      Restored availability,
      Restored fleet,
      long[] positions,
      int parallelism,
      List<List<List<Object>>> inFlight) {}

  private final SimulatedBroker broker;
  private final Configuration settings;
  private final UnaryOperator<List<InboxRecord>> handing;
  private final boolean cacheWrittenBack;
  private final int partitions;
  private final List<Subtask<SourceRecord, InboxRecord>> readers = new ArrayList<>();
  private final List<Subtask<InboxRecord, OutputRecord>> aggregates = new ArrayList<>();
  private final List<Subtask<Notice, OutputRecord>> availability = new ArrayList<>();
  private final List<Subtask<Notice, OutputRecord>> fleet = new ArrayList<>();
  private final List<SimulatedSink> sinks = new ArrayList<>();
  private final List<SimulatedSink> zombies = new ArrayList<>();
  private final List<WatermarkGenerator<SourceRecord>> generators = new ArrayList<>();
  private long[] positions;
  private long[] marks;
  private long[] told;
  private Checkpoint checkpoint;

  /**
   * @param defect that is planted
   */
  SimulatedDeviceJob(SimulatedBroker broker, Configuration settings, int parallelism, Defect defect)
      throws Exception {
    this.broker = broker;
    this.settings = settings;
    this.handing = defect.planted();
    this.cacheWrittenBack = defect != Defect.CACHE_LOST;
    this.partitions = broker.log(Topic.EVENTS_DOMAIN).size();
    checkpoint =
        new Checkpoint(
            Restored.NOTHING,
            Restored.NOTHING,
            Restored.NOTHING,
            Restored.NOTHING,
            new long[partitions],
            parallelism,
            List.of());
    start(parallelism);
  }

  private void start(int parallelism) throws Exception {
    positions = checkpoint.positions().clone();
    marks = new long[partitions];
    Arrays.fill(marks, Long.MIN_VALUE);
    told = new long[parallelism];
    Arrays.fill(told, Long.MIN_VALUE);
    generators.clear();
    for (int q = 0; q < partitions; q++) {
      generators.add(StatefulTopology.watermarks());
    }
    for (int i = 0; i < parallelism; i++) {
      Position position = new Position(i, parallelism);
      DeviceJob.Operators operators = DeviceJob.operators(settings, broker.directory());
      readers.add(
          Subtask.of(
              new InboxReader(broker.directory().entry(Topic.EVENTS_DOMAIN)),
              InboxRecord.TYPE,
              position,
              checkpoint.readers()));
      aggregates.add(
          Subtask.keyed(
              operators.aggregate(),
              InboxRecord::key,
              OutputRecord.TYPE,
              position,
              parallelism,
              checkpoint.aggregates()));
      availability.add(
          Subtask.keyed(
              operators.availability(),
              Notice::key,
              OutputRecord.TYPE,
              position,
              parallelism,
              checkpoint.availability()));
    }
    fleet.add(
        Subtask.keyed(
            DeviceJob.operators(settings, broker.directory()).fleet(),
            notice -> Fleet.KEY,
            OutputRecord.TYPE,
            new Position(0, 1),
            parallelism,
            checkpoint.fleet()));
    for (int i = 0; i < 2 * parallelism + 1; i++) {
      sinks.add(new SimulatedSink(broker));
    }
    if (!checkpoint.inFlight().isEmpty()) {
      List<Subtask<?, ?>> all = withChannels();
      for (int i = 0; i < all.size(); i++) {
        all.get(i).fill(checkpoint.inFlight().get(i));
      }
    }
  }

  private List<Subtask<?, ?>> withChannels() {
    List<Subtask<?, ?>> all = new ArrayList<>(aggregates);
    all.addAll(availability);
    all.addAll(fleet);
    return all;
  }

  int partitions() {
    return partitions;
  }

  /** Reads up to {@code most} records of an inbox partition into the channels. */
  void read(int partition, int most) throws Exception {
    List<LogEntry> log = broker.log(Topic.EVENTS_DOMAIN).get(partition);
    int index = partition % readers.size();
    Subtask<SourceRecord, InboxRecord> reader = readers.get(index);
    for (int i = 0; i < most && positions[partition] < log.size(); i++) {
      LogEntry entry = log.get((int) positions[partition]++);
      SourceRecord record =
          new SourceRecord(
              Topic.EVENTS_DOMAIN.in(SimulatedBroker.PREFIX),
              partition,
              entry.offset(),
              entry.key(),
              entry.value(),
              entry.headers());
      reader.send(0, record);
      reader.step(0);
      List<InboxRecord> handed = new ArrayList<>();
      reader.drain(handed::add);
      for (InboxRecord inbox : handing.apply(handed)) {
        aggregates.get(ownerOf(inbox.key())).send(index, inbox);
      }
      // The connector asks for watermarks after it has handed the record on.
      generators.get(partition).onEvent(record, 0, marking(partition));
      tellWatermark(index);
    }
  }

  private int ownerOf(String key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, Subtask.MAX_PARALLELISM, aggregates.size());
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
    for (int q = reader; q < partitions; q += readers.size()) {
      lowest = Math.min(lowest, marks[q]);
    }
    if (lowest > told[reader]) {
      told[reader] = lowest;
      for (Subtask<InboxRecord, OutputRecord> aggregate : aggregates) {
        aggregate.sendWatermark(reader, lowest);
      }
    }
  }

  /** Some channel gives up to {@code most} elements. */
  void work(Dice dice, int most) throws Exception {
    for (int i = 0; i < most; i++) {
      if (!workOnce(dice)) {
        return;
      }
    }
  }

  private boolean workOnce(Dice dice) throws Exception {
    List<Subtask<?, ?>> busy =
        withChannels().stream().filter(subtask -> !subtask.waiting().isEmpty()).toList();
    if (busy.isEmpty()) {
      return false;
    }
    Subtask<?, ?> subtask = dice.one(busy);
    long before = subtask.watermark();
    subtask.step(dice.one(subtask.waiting()));
    handOn(subtask, before);
    return true;
  }

  private void handOn(Subtask<?, ?> subtask, long watermarkBefore) {
    int aggregate = aggregates.indexOf(subtask);
    if (aggregate < 0) {
      int second = availability.indexOf(subtask);
      int sink = second < 0 ? 2 * aggregates.size() : aggregates.size() + second;
      (second < 0 ? fleet.get(0) : availability.get(second)).drain(sinks.get(sink)::add);
      return;
    }
    Subtask<InboxRecord, OutputRecord> done = aggregates.get(aggregate);
    done.drain(sinks.get(aggregate)::add);
    done.drain(
        AggregateOperator.NOTICES,
        notice -> {
          availability.get(ownerOf(notice.key())).send(aggregate, notice);
          fleet.get(0).send(aggregate, notice);
        });
    if (done.watermark() > watermarkBefore) {
      availability.forEach(next -> next.sendWatermark(aggregate, done.watermark()));
      fleet.get(0).sendWatermark(aggregate, done.watermark());
    }
  }

  void deliverSome(Dice dice) {
    dice.one(sinks).deliverSome(dice);
    if (!zombies.isEmpty()) {
      dice.one(zombies).deliverSome(dice);
    }
  }

  /**
   * A checkpoint.
   *
   * @param aligned whether all channels are drained first; else what they hold is kept
   */
  void checkpoint(Dice dice, boolean aligned) throws Exception {
    if (aligned) {
      work(dice, Integer.MAX_VALUE);
    }
    sinks.forEach(SimulatedSink::flush);
    checkpoint =
        new Checkpoint(
            snapshot(readers, true),
            snapshot(aggregates, cacheWrittenBack),
            snapshot(availability, true),
            snapshot(fleet, true),
            positions.clone(),
            aggregates.size(),
            aligned ? List.of() : withChannels().stream().map(Subtask::channelContents).toList());
  }

  private static Restored snapshot(List<? extends Subtask<?, ?>> subtasks, boolean warned)
      throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask<?, ?> subtask : subtasks) {
      states.add(subtask.snapshot(warned));
    }
    return new Restored(states);
  }

  /** Dies and comes back from its last checkpoint; another parallelism takes an aligned one. */
  void crash(Dice dice, int parallelism, boolean zombie) throws Exception {
    if (parallelism != checkpoint.parallelism() && !checkpoint.inFlight().isEmpty()) {
      checkpoint(dice, true);
    }
    if (zombie) {
      zombies.addAll(sinks);
    }
    close();
    start(parallelism);
  }

  /** Reads all and writes all, zombies too. */
  void finish(Dice dice) throws Exception {
    zombies.forEach(SimulatedSink::flush);
    for (int q = 0; q < partitions; q++) {
      read(q, Integer.MAX_VALUE);
      work(dice, dice.below(100));
    }
    work(dice, Integer.MAX_VALUE);
    sinks.forEach(SimulatedSink::flush);
  }

  /** The input ends, as that of a bounded source does: nothing may come of it. */
  void end(Dice dice) throws Exception {
    for (int i = 0; i < readers.size(); i++) {
      for (Subtask<InboxRecord, OutputRecord> aggregate : aggregates) {
        aggregate.sendWatermark(i, Long.MAX_VALUE);
      }
    }
    work(dice, Integer.MAX_VALUE);
    sinks.forEach(SimulatedSink::flush);
  }

  /** The lowest watermark of any aggregate. */
  long watermark() {
    return aggregates.stream().mapToLong(Subtask::watermark).min().orElseThrow();
  }

  String where() {
    return Arrays.toString(positions);
  }

  @Override
  public void close() {
    for (List<? extends Subtask<?, ?>> subtasks :
        List.of(readers, aggregates, availability, fleet)) {
      subtasks.forEach(Subtask::close);
    }
    readers.clear();
    aggregates.clear();
    availability.clear();
    fleet.clear();
    sinks.clear();
  }
}
