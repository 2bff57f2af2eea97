// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * One subtask of a real operator in a harness, with its input channels: each is in order, between
 * them there is none, and its watermark is the lowest of theirs, as Flink has it.
 */
final class Subtask<I, O> implements AutoCloseable {
  static final int MAX_PARALLELISM = 128;

  /** An element of a channel: a record, or a watermark. */
  private record Element<I>(I record, long watermark) {}

  /** Which of how many. */
  record Position(int index, int parallelism) {}

  private final OneInputStreamOperatorTestHarness<I, O> harness;
  private final MockEnvironment environment;
  private final List<Deque<Element<I>>> channels = new ArrayList<>();
  private final long[] watermarks;
  private long watermark = Long.MIN_VALUE;
  private long snapshots;

  private Subtask(
      OneInputStreamOperatorTestHarness<I, O> harness, MockEnvironment environment, int inputs) {
    this.harness = harness;
    this.environment = environment;
    this.watermarks = new long[inputs];
    Arrays.fill(watermarks, Long.MIN_VALUE);
    for (int i = 0; i < inputs; i++) {
      channels.add(new ArrayDeque<>());
    }
  }

  /** A subtask without keys. */
  static <I, O> Subtask<I, O> of(
      OneInputStreamOperator<I, O> operator,
      TypeInformation<O> type,
      Position position,
      Restored restored)
      throws Exception {
    MockEnvironment environment = environment(position);
    return new Subtask<I, O>(
            new OneInputStreamOperatorTestHarness<>(operator, environment), environment, 1)
        .open(type, position, restored);
  }

  /** A subtask with keyed state in RocksDB. */
  static <I, O> Subtask<I, O> keyed(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, String> key,
      TypeInformation<O> type,
      Position position,
      int inputs,
      Restored restored)
      throws Exception {
    MockEnvironment environment = environment(position);
    KeyedOneInputStreamOperatorTestHarness<String, I, O> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, key, Types.STRING, environment);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    return new Subtask<I, O>(harness, environment, inputs).open(type, position, restored);
  }

  private static MockEnvironment environment(Position position) {
    return new MockEnvironmentBuilder()
        .setTaskName("simulated")
        .setMaxParallelism(MAX_PARALLELISM)
        .setParallelism(position.parallelism())
        .setSubtaskIndex(position.index())
        .build();
  }

  /** The snapshots of all subtasks of an operator; none: it starts without state. */
  record Restored(List<OperatorSubtaskState> states) {
    static final Restored NOTHING = new Restored(List.of());
  }

  private Subtask<I, O> open(TypeInformation<O> type, Position position, Restored restored)
      throws Exception {
    harness.setup(type.createSerializer(new SerializerConfigImpl()));
    if (!restored.states().isEmpty()) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(
                  restored.states().toArray(OperatorSubtaskState[]::new)),
              MAX_PARALLELISM,
              restored.states().size(),
              position.parallelism(),
              position.index()));
    }
    harness.open();
    return this;
  }

  void send(int channel, I record) {
    channels.get(channel).add(new Element<>(record, 0));
  }

  void sendWatermark(int channel, long mark) {
    channels.get(channel).add(new Element<>(null, mark));
  }

  /** Channels that hold something. */
  List<Integer> waiting() {
    List<Integer> result = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      if (!channels.get(i).isEmpty()) {
        result.add(i);
      }
    }
    return result;
  }

  /** Takes one element from a channel. */
  void step(int channel) throws Exception {
    Element<I> element = channels.get(channel).poll();
    if (element.record() != null) {
      harness.processElement(new StreamRecord<>(element.record()));
      return;
    }
    watermarks[channel] = Math.max(watermarks[channel], element.watermark());
    long lowest = Arrays.stream(watermarks).min().orElseThrow();
    if (lowest > watermark) {
      watermark = lowest;
      harness.processWatermark(lowest);
    }
  }

  /** The lowest of its channels. */
  long watermark() {
    return watermark;
  }

  /** Hands on what came out since the last time. */
  @SuppressWarnings("unchecked")
  void drain(Consumer<O> sink) {
    for (Object out = harness.getOutput().poll(); out != null; out = harness.getOutput().poll()) {
      if (out instanceof StreamRecord<?> record) {
        sink.accept((O) record.getValue());
      }
    }
  }

  /** The same, of a side output. */
  <T> void drain(OutputTag<T> tag, Consumer<T> sink) {
    var queue = harness.getSideOutput(tag);
    if (queue != null) {
      for (var out = queue.poll(); out != null; out = queue.poll()) {
        sink.accept(out.getValue());
      }
    }
  }

  /** A barrier is about to pass; what comes of it passes before. */
  void warn() throws Exception {
    harness.getOneInputOperator().prepareSnapshotPreBarrier(snapshots + 1);
  }

  /** Its part of a checkpoint. */
  OperatorSubtaskState snapshot() throws Exception {
    snapshots++;
    return harness.snapshot(snapshots, snapshots);
  }

  /** What is on its way, as an unaligned checkpoint keeps it. */
  List<List<Object>> channelContents() {
    return channels.stream().<List<Object>>map(ArrayList::new).toList();
  }

  /** Puts back what was on its way. */
  @SuppressWarnings("unchecked")
  void fill(List<List<Object>> contents) {
    for (int i = 0; i < contents.size(); i++) {
      for (Object element : contents.get(i)) {
        channels.get(i).add((Element<I>) element);
      }
    }
  }

  @Override
  public void close() {
    try {
      harness.close();
      environment.close();
    } catch (Exception e) {
      throw new IllegalStateException("a simulated subtask does not close", e);
    }
  }
}
