// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.simulator.SimulatedOperators.Aggregates;
import io.twinlog.simulator.SimulatedOperators.Edge;
import io.twinlog.simulator.SimulatedOperators.Stage;
import io.twinlog.simulator.SimulatedSource.Taking;
import io.twinlog.simulator.Subtask.Channels;
import io.twinlog.simulator.Subtask.Position;
import io.twinlog.simulator.Subtask.Restored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;

/**
 * A stateful job: its real operators in each subtask, with the shuffles between them, whose
 * channels are drained in any order. What Flink does itself is simulated: watermarks, barriers,
 * restores.
 */
final class SimulatedJob implements AutoCloseable {
  /** What a checkpoint keeps, each operator's subtasks in their order. */
  private record Checkpoint(
      SimulatedSource.Saved source,
      List<Restored> nodes,
      int parallelism,
      List<List<List<Object>>> inFlight) {}

  private final SimulatedBroker broker;
  private final SimulatedOperators operators;
  private final Defect.Planted planted;
  private final int partitions;
  private final List<Node> nodes = new ArrayList<>();
  private final List<SimulatedSink> sinks = new ArrayList<>();
  private final List<SimulatedSink> zombies = new ArrayList<>();
  private SimulatedSource source;
  private Checkpoint checkpoint;

  /**
   * An operator.
   *
   * @param firstSink of its first subtask
   * @param hearers who is told of what it says
   */
  private record Node(
      List<? extends Subtask<?, OutputRecord>> subtasks, int firstSink, List<Hearer> hearers) {}

  /**
   * A stage behind a node.
   *
   * @param firstChannel of the node's first subtask
   */
  private record Hearer(
      Edge edge, List<Subtask<Notice, OutputRecord>> subtasks, int firstChannel) {}

  /**
   * @param planted defects that the simulation must notice
   */
  SimulatedJob(
      SimulatedBroker broker, SimulatedOperators operators, int parallelism, Defect.Planted planted)
      throws Exception {
    this.broker = broker;
    this.operators = operators;
    this.planted = planted;
    this.partitions = broker.log(operators.inbox().topic()).size();
    checkpoint =
        new Checkpoint(
            SimulatedSource.Saved.nothing(partitions),
            Collections.nCopies(
                operators.aggregates().size() + operators.stages().size(), Restored.NOTHING),
            parallelism,
            List.of());
    start(parallelism);
  }

  private void start(int parallelism) throws Exception {
    List<Taking> behindSource = new ArrayList<>();
    for (Aggregates aggregate : operators.aggregates()) {
      List<Subtask<InboxRecord, OutputRecord>> subtasks = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        subtasks.add(
            Subtask.keyed(
                aggregate.operator().get(),
                InboxRecord::key,
                OutputRecord.TYPE,
                new Position(i, parallelism, planted.stateOnHeap()),
                parallelism,
                checkpoint.nodes().get(nodes.size())));
      }
      add(subtasks);
      behindSource.add(new Taking(aggregate.takes(), subtasks));
    }
    for (Stage stage : operators.stages()) {
      start(stage, parallelism);
    }
    source =
        new SimulatedSource(
            new SimulatedSource.Read(broker, operators.inbox()),
            planted.handing(),
            behindSource,
            checkpoint.source());
    if (!checkpoint.inFlight().isEmpty()) {
      List<Subtask<?, OutputRecord>> all = all();
      for (int i = 0; i < all.size(); i++) {
        all.get(i).fill(checkpoint.inFlight().get(i));
      }
    }
  }

  private void add(List<? extends Subtask<?, OutputRecord>> subtasks) {
    nodes.add(new Node(subtasks, sinks.size(), new ArrayList<>()));
    subtasks.forEach(subtask -> sinks.add(new SimulatedSink(broker)));
  }

  private void start(Stage stage, int parallelism) throws Exception {
    List<Subtask<Notice, OutputRecord>> subtasks = new ArrayList<>();
    Restored restored = checkpoint.nodes().get(nodes.size());
    int count = stage.alone() ? 1 : parallelism;
    for (int i = 0; i < count; i++) {
      subtasks.add(subtask(stage, new Position(i, count, planted.stateOnHeap()), restored));
    }
    add(subtasks);
    int channel = 0;
    for (Edge edge : stage.edges()) {
      Node from = nodes.get(edge.from());
      from.hearers().add(new Hearer(edge, subtasks, channel));
      channel += from.subtasks().size();
    }
  }

  @SuppressWarnings("unchecked") // what a stage makes is of the number of its inputs
  private Subtask<Notice, OutputRecord> subtask(Stage stage, Position position, Restored restored)
      throws Exception {
    int keyed = channels(stage, false);
    int common = channels(stage, true);
    return common == 0
        ? Subtask.keyed(
            (OneInputStreamOperator<Notice, OutputRecord>) stage.operator().get(),
            stage.key(),
            OutputRecord.TYPE,
            position,
            keyed,
            restored)
        : Subtask.watching(
            (TwoInputStreamOperator<Notice, Notice, OutputRecord>) stage.operator().get(),
            stage.key(),
            OutputRecord.TYPE,
            position,
            new Channels(keyed, common),
            restored);
  }

  private int channels(Stage stage, boolean common) {
    return stage.edges().stream()
        .filter(edge -> edge.isCommon() == common)
        .mapToInt(edge -> nodes.get(edge.from()).subtasks().size())
        .sum();
  }

  /** In the order of their sinks. */
  private List<Subtask<?, OutputRecord>> all() {
    List<Subtask<?, OutputRecord>> all = new ArrayList<>();
    nodes.forEach(node -> all.addAll(node.subtasks()));
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
    List<Subtask<?, OutputRecord>> all = all();
    List<Subtask<?, OutputRecord>> busy =
        all.stream().filter(subtask -> !subtask.waiting().isEmpty()).toList();
    if (busy.isEmpty()) {
      return false;
    }
    Subtask<?, OutputRecord> subtask = dice.one(busy);
    long before = subtask.watermark();
    subtask.step(dice.one(subtask.waiting()));
    passOn(all.indexOf(subtask), subtask, before);
    return true;
  }

  private void passOn(int index, Subtask<?, OutputRecord> subtask, long watermarkBefore) {
    subtask.drain(output -> sinks.get(index).add(planted.writing().apply(output)));
    int number = nodes.size() - 1;
    while (nodes.get(number).firstSink() > index) {
      number--;
    }
    Node node = nodes.get(number);
    int from = index - node.firstSink();
    subtask.drain(
        Notice.NOTICES, notice -> node.hearers().forEach(hearer -> tell(hearer, from, notice)));
    if (subtask.watermark() > watermarkBefore) {
      node.hearers()
          .forEach(
              hearer ->
                  hearer
                      .subtasks()
                      .forEach(
                          next ->
                              next.sendWatermark(
                                  hearer.firstChannel() + from, subtask.watermark())));
    }
  }

  /** What a subtask tells the stage behind it. */
  private void tell(Hearer hearer, int from, Notice notice) {
    Edge edge = hearer.edge();
    int channel = hearer.firstChannel() + from;
    if (!edge.passes().test(notice)) {
      return;
    }
    if (!edge.isCommon()) {
      int owner = SimulatedSource.ownerOf(edge.keyOf(notice), hearer.subtasks().size());
      hearer.subtasks().get(owner).send(channel, notice);
    } else if (planted.toldToAll()) {
      hearer.subtasks().forEach(next -> next.send(channel, notice));
    } else {
      hearer.subtasks().get(0).send(channel, notice);
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
    List<Restored> saved = new ArrayList<>();
    for (Node node : nodes) {
      saved.add(snapshot(node.subtasks()));
    }
    checkpoint =
        new Checkpoint(
            read,
            saved,
            nodes.get(0).subtasks().size(),
            aligned ? List.of() : all().stream().map(Subtask::channelContents).toList());
  }

  /** All hear of the barrier before it passes, as Flink has it. */
  private void warn(Dice dice, boolean aligned) throws Exception {
    List<Subtask<?, OutputRecord>> all = all();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).warn();
      passOn(i, all.get(i), all.get(i).watermark());
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
    return nodes.get(0).subtasks().stream().mapToLong(Subtask::watermark).min().orElseThrow();
  }

  String where() {
    return source.where();
  }

  @Override
  public void close() {
    source.close();
    all().forEach(Subtask::close);
    nodes.clear();
    sinks.clear();
  }
}
