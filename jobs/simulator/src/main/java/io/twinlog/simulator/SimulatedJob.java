// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.simulator.SimulatedOperators.Stage;
import io.twinlog.simulator.Subtask.Position;
import io.twinlog.simulator.Subtask.Restored;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * A stateful job: its real operators in each subtask, with the shuffles between them, whose
 * channels are drained in any order. What Flink does itself is simulated: watermarks, barriers,
 * restores.
 */
final class SimulatedJob implements AutoCloseable {
  /** What a checkpoint keeps, each operator's subtasks in their order. */
  private record Checkpoint(
      SimulatedSource.Saved source,
      Restored aggregates,
      List<Restored> stages,
      int parallelism,
      List<List<List<Object>>> inFlight) {}

  private final SimulatedBroker broker;
  private final SimulatedOperators operators;
  private final Defect.Planted planted;
  private final int partitions;
  private final List<Subtask<InboxRecord, OutputRecord>> aggregates = new ArrayList<>();
  private final List<List<Subtask<Notice, OutputRecord>>> stages = new ArrayList<>();
  private final List<SimulatedSink> sinks = new ArrayList<>();
  private final List<SimulatedSink> zombies = new ArrayList<>();
  private SimulatedSource source;
  private Checkpoint checkpoint;

  /**
   * @param planted defects that the simulation must notice
   */
  SimulatedJob(
      SimulatedBroker broker, SimulatedOperators operators, int parallelism, Defect.Planted planted)
      throws Exception {
    this.broker = broker;
    this.operators = operators;
    this.planted = planted;
    this.partitions = broker.log(operators.inbox()).size();
    checkpoint =
        new Checkpoint(
            SimulatedSource.Saved.nothing(partitions),
            Restored.NOTHING,
            operators.stages().stream().map(stage -> Restored.NOTHING).toList(),
            parallelism,
            List.of());
    start(parallelism);
  }

  private void start(int parallelism) throws Exception {
    for (int i = 0; i < parallelism; i++) {
      aggregates.add(
          Subtask.keyed(
              operators.aggregate().get(),
              InboxRecord::key,
              OutputRecord.TYPE,
              new Position(i, parallelism),
              parallelism,
              checkpoint.aggregates()));
      sinks.add(new SimulatedSink(broker));
    }
    for (int i = 0; i < operators.stages().size(); i++) {
      stages.add(stage(operators.stages().get(i), parallelism, checkpoint.stages().get(i)));
    }
    source =
        new SimulatedSource(
            new SimulatedSource.Read(broker, operators.inbox()),
            planted.handing(),
            aggregates,
            checkpoint.source());
    if (!checkpoint.inFlight().isEmpty()) {
      List<Subtask<?, OutputRecord>> all = withChannels();
      for (int i = 0; i < all.size(); i++) {
        all.get(i).fill(checkpoint.inFlight().get(i));
      }
    }
  }

  private List<Subtask<Notice, OutputRecord>> stage(Stage stage, int inputs, Restored restored)
      throws Exception {
    int parallelism = stage.alone() ? 1 : inputs;
    List<Subtask<Notice, OutputRecord>> subtasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      subtasks.add(
          Subtask.keyed(
              stage.operator().get(),
              stage.key(),
              OutputRecord.TYPE,
              new Position(i, parallelism),
              inputs,
              restored));
      sinks.add(new SimulatedSink(broker));
    }
    return subtasks;
  }

  /** In the order of their sinks. */
  private List<Subtask<?, OutputRecord>> withChannels() {
    List<Subtask<?, OutputRecord>> all = new ArrayList<>(aggregates);
    stages.forEach(all::addAll);
    return all;
  }

  int partitions() {
    return partitions;
  }

  /** Reads up to {@code most} records of an inbox partition into the channels. */
  void read(int partition, int most) throws Exception {
    source.read(partition, most);
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
    List<Subtask<?, OutputRecord>> all = withChannels();
    List<Subtask<?, OutputRecord>> busy =
        all.stream().filter(subtask -> !subtask.waiting().isEmpty()).toList();
    if (busy.isEmpty()) {
      return false;
    }
    Subtask<?, OutputRecord> subtask = dice.one(busy);
    long before = subtask.watermark();
    subtask.step(dice.one(subtask.waiting()));
    passOn(subtask, all.indexOf(subtask), before);
    return true;
  }

  private void passOn(Subtask<?, OutputRecord> subtask, int index, long watermarkBefore) {
    subtask.drain(output -> sinks.get(index).add(planted.writing().apply(output)));
    if (index < aggregates.size()) {
      handOn(index, watermarkBefore);
    }
  }

  /** What an aggregate tells the second stages. */
  private void handOn(int aggregate, long watermarkBefore) {
    Subtask<InboxRecord, OutputRecord> done = aggregates.get(aggregate);
    done.drain(
        Notice.NOTICES,
        notice -> {
          for (int i = 0; i < stages.size(); i++) {
            List<Subtask<Notice, OutputRecord>> stage = stages.get(i);
            String key = operators.stages().get(i).keyOf(notice);
            stage.get(SimulatedSource.ownerOf(key, stage.size())).send(aggregate, notice);
          }
        });
    if (done.watermark() > watermarkBefore) {
      stages.forEach(
          stage -> stage.forEach(next -> next.sendWatermark(aggregate, done.watermark())));
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
    if (planted.cacheWrittenBack()) {
      warn(dice, aligned);
    }
    sinks.forEach(SimulatedSink::flush);
    SimulatedSource.Saved read = source.save();
    Restored saved = snapshot(aggregates);
    List<Restored> behind = new ArrayList<>();
    for (List<Subtask<Notice, OutputRecord>> stage : stages) {
      behind.add(snapshot(stage));
    }
    checkpoint =
        new Checkpoint(
            read,
            saved,
            behind,
            aggregates.size(),
            aligned ? List.of() : withChannels().stream().map(Subtask::channelContents).toList());
  }

  /** All hear of the barrier before it passes, as Flink has it. */
  private void warn(Dice dice, boolean aligned) throws Exception {
    List<Subtask<?, OutputRecord>> all = withChannels();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).warn();
      passOn(all.get(i), i, all.get(i).watermark());
    }
    if (aligned) {
      work(dice, Integer.MAX_VALUE);
    }
  }

  private static Restored snapshot(List<? extends Subtask<?, ?>> subtasks) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask<?, ?> subtask : subtasks) {
      states.add(subtask.snapshot());
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
    source.end();
    work(dice, Integer.MAX_VALUE);
    sinks.forEach(SimulatedSink::flush);
  }

  /** The lowest watermark of any aggregate. */
  long watermark() {
    return aggregates.stream().mapToLong(Subtask::watermark).min().orElseThrow();
  }

  String where() {
    return source.where();
  }

  @Override
  public void close() {
    source.close();
    Stream.concat(aggregates.stream(), stages.stream().flatMap(List::stream))
        .forEach(Subtask::close);
    aggregates.clear();
    stages.clear();
    sinks.clear();
  }
}
