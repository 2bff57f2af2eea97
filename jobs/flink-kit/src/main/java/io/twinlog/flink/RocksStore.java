// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Aggregate;
import io.twinlog.wire.BinaryCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The values of the current key in Flink's keyed state, as bytes: {@code hot}, {@code state},
 * {@code results}, and {@code parked}, the inputs that wait. Counts each access. A failure of
 * RocksDB is an {@link IOException}, so that nobody takes it for one of a rule.
 */
final class RocksStore<S, V> implements KeyEntry.Store<S, V> {
  static final String PARKED = "parked";

  private static final byte HELD_LAYOUT = 1;

  private final AggregateBinding<S, V, ?, ?> binding;
  private final int idsMax;
  private final ShellMetrics metrics;
  private final BinaryCodec<V> vitals;

  // For what no version of the rules says anything about.
  private final Aggregate<S, V, ?, ?> rules;

  private final DataOutputSerializer buffer = new DataOutputSerializer(512);
  private final InboxRecord.Serializer records = new InboxRecord.Serializer();
  private final ValueState<byte[]> hot;
  private final ValueState<byte[]> state;
  private final ValueState<byte[]> results;
  private final ListState<byte[]> parked;

  private interface Access<T> {
    T run() throws Exception;
  }

  RocksStore(
      AggregateBinding<S, V, ?, ?> binding,
      int idsMax,
      RuntimeContext context,
      ShellMetrics metrics) {
    this.binding = binding;
    this.idsMax = idsMax;
    this.metrics = metrics;
    this.vitals = binding.vitals();
    this.rules = binding.aggregate(0);
    this.hot = value(context, "hot");
    this.state = value(context, "state");
    this.results = value(context, "results");
    this.parked =
        context.getListState(
            new ListStateDescriptor<>(PARKED, BytePrimitiveArraySerializer.INSTANCE));
  }

  private static ValueState<byte[]> value(RuntimeContext context, String name) {
    return context.getState(
        new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
  }

  private <T> T read(Access<T> access) throws IOException {
    metrics.stateRead();
    return run(access);
  }

  private void write(Access<Void> access) throws IOException {
    metrics.stateWrite();
    run(access);
  }

  private static <T> T run(Access<T> access) throws IOException {
    try {
      return access.run();
    } catch (Exception e) {
      throw new IOException("the state of a key cannot be read or written", e);
    }
  }

  private void update(ValueState<byte[]> value, byte[] bytes) throws IOException {
    write(
        () -> {
          value.update(bytes);
          return null;
        });
  }

  private void clear(org.apache.flink.api.common.state.State value) throws IOException {
    write(
        () -> {
          value.clear();
          return null;
        });
  }

  @Override
  public Hot<V> readHot() throws IOException {
    byte[] bytes = read(hot::value);
    return bytes == null ? null : Hot.decode(bytes, idsMax, vitals);
  }

  @Override
  public Hot<V> newHot() {
    return new Hot<>(idsMax, rules.initialVitals());
  }

  @Override
  public S newState(String key) {
    return rules.initial(key);
  }

  @Override
  public S readState(String key) throws IOException {
    if (!rules.hasState()) {
      return newState(key);
    }
    byte[] bytes = read(state::value);
    return bytes == null ? newState(key) : run(() -> binding.states().decode(bytes));
  }

  @Override
  public RecentResults readResults() throws IOException {
    return RecentResults.decode(read(results::value));
  }

  @Override
  public int heapBytes(V value) {
    return rules.heapBytes(value);
  }

  @Override
  public void writeHot(Hot<V> value) throws IOException {
    update(hot, value.encode(vitals, buffer));
  }

  @Override
  public int writeState(S value) throws IOException {
    if (rules.version(value) == 0) {
      clear(state);
      return 0;
    }
    byte[] bytes = binding.states().encode(value);
    update(state, bytes);
    return bytes.length;
  }

  @Override
  public void writeResults(RecentResults value) throws IOException {
    if (value.isEmpty()) {
      clear(results);
    } else {
      update(results, value.encode());
    }
  }

  @Override
  public void clear() throws IOException {
    clear(hot);
    clear(state);
    clear(results);
  }

  /** Inputs that wait. An empty entry stands for a deadline: the key waits, and no input does. */
  List<InboxRecord> readParked() throws IOException {
    List<InboxRecord> waiting = new ArrayList<>();
    Iterable<byte[]> entries = read(parked::get);
    if (entries != null) {
      for (byte[] bytes : entries) {
        if (bytes.length > 0) {
          waiting.add(decode(bytes));
        }
      }
    }
    return waiting;
  }

  private InboxRecord decode(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    byte layout = in.readByte();
    if (layout != HELD_LAYOUT) {
      throw new IOException(
          "an input that waits has layout " + layout + "; this build reads " + HELD_LAYOUT);
    }
    return records.deserialize(in);
  }

  private byte[] encode(InboxRecord record) throws IOException {
    buffer.clear();
    buffer.writeByte(HELD_LAYOUT);
    records.serialize(record, buffer);
    return buffer.getCopyOfBuffer();
  }

  void addParked(InboxRecord record) throws IOException {
    byte[] bytes = encode(record);
    write(
        () -> {
          parked.add(bytes);
          return null;
        });
  }

  void clearParked() throws IOException {
    clear(parked);
  }

  void writeParked(List<InboxRecord> waiting) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (InboxRecord record : waiting) {
      entries.add(encode(record));
    }
    if (entries.isEmpty()) {
      entries.add(new byte[0]);
    }
    write(
        () -> {
          parked.update(entries);
          return null;
        });
  }
}
