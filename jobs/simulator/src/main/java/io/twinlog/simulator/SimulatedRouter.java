// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.router.RouterJob;
import io.twinlog.simulator.Subtask.Position;
import io.twinlog.simulator.Subtask.Restored;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** The router job: its real operator in each subtask, over source partitions that it may lag on. */
final class SimulatedRouter implements AutoCloseable {
  /** A source partition, and how far it was read. */
  private record Source(Topic topic, int partition) {}

  /** What a checkpoint keeps. */
  private record Checkpoint(Restored state, long[] positions) {}

  private final SimulatedBroker broker;
  private final Configuration settings;
  private final List<Source> sources = new ArrayList<>();
  private final List<Subtask<SourceRecord, OutputRecord>> subtasks = new ArrayList<>();
  private final List<SimulatedSink> sinks = new ArrayList<>();
  private final List<SimulatedSink> zombies = new ArrayList<>();
  private long[] positions;
  private Checkpoint checkpoint;

  SimulatedRouter(SimulatedBroker broker, Configuration settings, int parallelism)
      throws Exception {
    this.broker = broker;
    this.settings = settings;
    for (Topic topic : Topic.SOURCES) {
      for (int partition = 0; partition < broker.log(topic).size(); partition++) {
        sources.add(new Source(topic, partition));
      }
    }
    checkpoint = new Checkpoint(Restored.NOTHING, new long[sources.size()]);
    start(parallelism);
  }

  private void start(int parallelism) throws Exception {
    positions = checkpoint.positions().clone();
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(
          Subtask.of(
              RouterJob.operator(settings, broker.directory()),
              OutputRecord.TYPE,
              new Position(i, parallelism, true),
              checkpoint.state()));
      sinks.add(new SimulatedSink(broker));
    }
  }

  int sources() {
    return sources.size();
  }

  /** Reads up to {@code most} records of a source partition. */
  void read(int source, int most) throws Exception {
    Source from = sources.get(source);
    List<LogEntry> log = broker.log(from.topic()).get(from.partition());
    int index = source % subtasks.size();
    Subtask<SourceRecord, OutputRecord> subtask = subtasks.get(index);
    for (int i = 0; i < most && positions[source] < log.size(); i++) {
      LogEntry entry = log.get((int) positions[source]++);
      subtask.send(
          0,
          new SourceRecord(
              from.topic().in(SimulatedBroker.PREFIX),
              from.partition(),
              entry.offset(),
              entry.key(),
              entry.value(),
              entry.headers()));
      subtask.step(0);
      subtask.drain(sinks.get(index)::add);
    }
  }

  boolean caughtUp() {
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      if (positions[i] < broker.log(source.topic()).get(source.partition()).size()) {
        return false;
      }
    }
    return true;
  }

  void deliverSome(Dice dice) {
    dice.one(sinks).deliverSome(dice);
    if (!zombies.isEmpty()) {
      dice.one(zombies).deliverSome(dice);
    }
  }

  /** A batch is lost, and the next one written: then the job restarts, as the connector has it. */
  boolean loseOneBatch(Dice dice) {
    return dice.one(sinks).loseOneBatch(dice);
  }

  void checkpoint() throws Exception {
    sinks.forEach(SimulatedSink::flush);
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask<SourceRecord, OutputRecord> subtask : subtasks) {
      subtask.warn();
      states.add(subtask.snapshot());
    }
    checkpoint = new Checkpoint(new Restored(states), positions.clone());
  }

  /**
   * Dies and comes back from its last checkpoint.
   *
   * @param zombie whether what it had sent may still arrive, later
   */
  void crash(int parallelism, boolean zombie) throws Exception {
    if (zombie) {
      zombies.addAll(sinks);
    }
    close();
    start(parallelism);
  }

  /** Reads all and writes all, zombies too. */
  void finish(Dice dice) throws Exception {
    zombies.forEach(SimulatedSink::flush);
    while (!caughtUp()) {
      for (int i = 0; i < sources.size(); i++) {
        read(i, dice.between(1, 50));
      }
    }
    sinks.forEach(SimulatedSink::flush);
  }

  String where() {
    return Arrays.toString(positions);
  }

  @Override
  public void close() {
    subtasks.forEach(Subtask::close);
    subtasks.clear();
    sinks.clear();
  }
}
