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
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
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

  /**
   * Which of how many.
   *
   * @param onHeap whether it keeps its state there, where nothing can happen to it; else in RocksDB
   */
  record Position(int index, int parallelism, boolean onHeap) {
    StateBackend backend() {
      return onHeap ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }
  }

  private final AbstractStreamOperatorTestHarness<O> harness;
  private final Inlet<I> inlet;
  private final AutoCloseable environment;
  private final List<Deque<Element<I>>> channels = new ArrayList<>();
  private final long[] watermarks;
  private long watermark = Long.MIN_VALUE;
  private long snapshots;

  /** How elements get into an operator, of one input or of two. */
  private interface Inlet<I> {
    void element(int channel, StreamRecord<I> record) throws Exception;

    void watermark(long mark) throws Exception;
  }

  private Subtask(
      AbstractStreamOperatorTestHarness<O> harness,
      Inlet<I> inlet,
      AutoCloseable environment,
      int inputs) {
    this.harness = harness;
    this.inlet = inlet;
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
    return of(new OneInputStreamOperatorTestHarness<>(operator, environment), environment, 1)
        .open(type, position, restored);
  }

  private static <I, O> Subtask<I, O> of(
      OneInputStreamOperatorTestHarness<I, O> harness, MockEnvironment environment, int inputs) {
    Inlet<I> inlet =
        new Inlet<>() {
          @Override
          public void element(int channel, StreamRecord<I> record) throws Exception {
            harness.processElement(record);
          }

          @Override
          public void watermark(long mark) throws Exception {
            harness.processWatermark(mark);
          }
        };
    return new Subtask<>(harness, inlet, environment, inputs);
  }

  /** A subtask with keyed state. */
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
    harness.setStateBackend(position.backend());
    return of(harness, environment, inputs).open(type, position, restored);
  }

  /**
   * The same, with a second input that every subtask hears.
   *
   * @param inputs those of the first input come first
   */
  static <I, O> Subtask<I, O> watching(
      TwoInputStreamOperator<I, I, O> operator,
      KeySelector<I, String> key,
      TypeInformation<O> type,
      Position position,
      Channels inputs,
      Restored restored)
      throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, I, I, O> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator,
            key,
            null,
            Types.STRING,
            MAX_PARALLELISM,
            position.parallelism(),
            position.index());
    harness.setStateBackend(position.backend());
    Inlet<I> inlet =
        new Inlet<>() {
          @Override
          public void element(int channel, StreamRecord<I> record) throws Exception {
            if (channel < inputs.first()) {
              harness.processElement1(record);
            } else {
              harness.processElement2(record);
            }
          }

          @Override
          public void watermark(long mark) throws Exception {
            harness.processBothWatermarks(new Watermark(mark));
          }
        };
    return new Subtask<I, O>(harness, inlet, () -> {}, inputs.first() + inputs.second())
        .open(type, position, restored);
  }

  /** How many channels the inputs of an operator with two of them have. */
  record Channels(int first, int second) {}

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
      inlet.element(channel, new StreamRecord<>(element.record()));
      return;
    }
    watermarks[channel] = Math.max(watermarks[channel], element.watermark());
    long lowest = Arrays.stream(watermarks).min().orElseThrow();
    if (lowest > watermark) {
      watermark = lowest;
      inlet.watermark(lowest);
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
    operator().prepareSnapshotPreBarrier(snapshots + 1);
  }

  private StreamOperator<O> operator() {
    return harness.getOperator();
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
