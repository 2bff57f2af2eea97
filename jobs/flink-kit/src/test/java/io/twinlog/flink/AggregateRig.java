// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.schemas.CommandResult;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The aggregate operator over {@link TestingCounter}, with its state in RocksDB. */
final class AggregateRig implements AutoCloseable {
  static final long SECOND = 1_000;
  static final long HOUR = 3_600 * SECOND;
  static final int IDS_MAX = 3;
  static final long IDS_HORIZON = HOUR;
  static final int RESULTS_MAX = 2;
  static final long RESULTS_HORIZON = 24 * HOUR;

  static final ParkingSettings PARKING = new ParkingSettings(5, 128, 2, SECOND, 10 * SECOND, false);

  static final CacheSettings CACHE = new CacheSettings(1 << 20, 100, 10, 0, 1);

  static AggregateSettings settings(CacheSettings cache) {
    return new AggregateSettings(
        "counter",
        "twinlog.events.domain",
        "inbox-id",
        IDS_MAX,
        IDS_HORIZON,
        RESULTS_MAX,
        RESULTS_HORIZON,
        cache,
        PARKING);
  }

  final TestingMetrics metrics = new TestingMetrics();
  final KeyedOneInputStreamOperatorTestHarness<String, InboxRecord, OutputRecord> harness;
  private int taken;
  private boolean failed;

  AggregateRig() throws Exception {
    this(null);
  }

  AggregateRig(OperatorSubtaskState restored) throws Exception {
    this(restored, CACHE);
  }

  AggregateRig(OperatorSubtaskState restored, CacheSettings cache) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new AggregateOperator<>(TestingCounter::new, settings(cache), TestingTopics.ALL),
            InboxRecord::key,
            Types.STRING,
            metrics.environment(1, 0));
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
  }

  /** A record on its way into the operator. */
  record Sent(
      String key,
      String text,
      long offset,
      String source,
      long clock,
      String redrive,
      long frontier,
      InboxRecord.Upstream upstream) {
    static Sent of(String key, String text, long offset, long clock) {
      return new Sent(key, text, offset, "t/0", clock, "", clock, null);
    }

    Sent from(String source) {
      return new Sent(key, text, offset, source, clock, redrive, frontier, upstream);
    }

    Sent frontier(long frontier) {
      return new Sent(key, text, offset, source, clock, redrive, frontier, upstream);
    }

    /** Written by another job. */
    Sent told(String source, long at, int index) {
      InboxRecord.Upstream written = new InboxRecord.Upstream(at, index);
      return new Sent(key, text, offset, source, clock, redrive, frontier, written);
    }

    /** With this in header tl-redrive. */
    Sent redriven(String redrive) {
      return new Sent(key, text, offset, source, clock, redrive, frontier, upstream);
    }

    InboxRecord record() {
      return new InboxRecord(
          key,
          text.getBytes(UTF_8),
          text.startsWith("request") ? "Say" : "said.so",
          new InboxRecord.Place(1, offset),
          source,
          new LogClock(1, clock, Ticks.WALL + clock),
          7,
          "",
          "00-a-b-01",
          redrive,
          "",
          frontier,
          "",
          upstream);
    }
  }

  /** What came out because of these records, each as one line. */
  List<String> send(Sent... records) throws Exception {
    for (Sent sent : records) {
      process(sent.record());
    }
    return taken();
  }

  List<String> send(InboxRecord record) throws Exception {
    process(record);
    return taken();
  }

  private void process(InboxRecord record) throws Exception {
    failed = true;
    harness.processElement(new StreamRecord<>(record));
    failed = false;
  }

  /** What second stages have heard: {@code key/version at clock}. */
  List<String> notices() {
    return harness.getSideOutput(Notice.NOTICES).stream()
        .map(StreamRecord::getValue)
        .map(
            notice ->
                "%s/%d at %d".formatted(notice.key(), notice.version(), notice.clock().clock()))
        .toList();
  }

  /** What came out because of a watermark. */
  List<String> watermark(long watermark) throws Exception {
    harness.processWatermark(watermark);
    return taken();
  }

  List<OutputRecord> outputs() {
    return harness.extractOutputValues();
  }

  OperatorSubtaskState snapshot() throws Exception {
    flush();
    return harness.snapshot(1, 1);
  }

  private List<String> taken() {
    List<OutputRecord> all = outputs();
    List<String> lines = all.subList(taken, all.size()).stream().map(AggregateRig::line).toList();
    taken = all.size();
    return new ArrayList<>(lines);
  }

  /** {@code topic key value [index of its origin]}. */
  private static String line(OutputRecord output) {
    String origin = header(output, HeaderNames.ORIGIN);
    return "%s %s %s [%s]"
        .formatted(
            output.topic(),
            output.key() == null ? "-" : new String(output.key(), UTF_8),
            value(output),
            origin.substring(origin.indexOf("/1/") + 3));
  }

  private static String value(OutputRecord output) {
    if (output.value() == null) {
      return "-";
    }
    if (!output.topic().equals("command.results")) {
      return new String(output.value(), UTF_8);
    }
    CommandResult result = new SingleObject().decode(output.value(), CommandResult.class);
    return "%s %d %s %s"
        .formatted(
            result.getStatus(),
            result.getVersion(),
            result.getEventIds(),
            result.getReasons().stream().map(io.twinlog.schemas.Reason::getCode).toList());
  }

  static String header(OutputRecord output, String name) {
    return Header.text(output.headers(), name).orElse("");
  }

  /** Everything of every output, to compare two runs byte by byte. */
  static List<String> bytes(List<OutputRecord> outputs) {
    return outputs.stream()
        .map(
            output -> {
              StringBuilder text = new StringBuilder(output.topic());
              text.append('/').append(output.partition());
              text.append(' ').append(hex(output.key())).append(' ').append(hex(output.value()));
              output
                  .headers()
                  .forEach(
                      h -> text.append(' ').append(h.key()).append('=').append(hex(h.value())));
              return text.toString();
            })
        .toList();
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  /** As before a barrier: all that the cache holds is in RocksDB. */
  void flush() throws Exception {
    harness.getOneInputOperator().prepareSnapshotPreBarrier(1);
  }

  /** Values of all keys. */
  long entries() throws Exception {
    flush();
    return Stream.of("hot", "state", "results", "parked")
        .mapToLong(
            state ->
                harness
                    .getOperator()
                    .getKeyedStateBackend()
                    .getKeys(state, VoidNamespace.INSTANCE)
                    .count())
        .sum();
  }

  /** Timestamp of the timer that the key believes to have. */
  long timerOf(String key) throws Exception {
    flush();
    KeyedStateBackend<String> backend = harness.getOperator().getKeyedStateBackend();
    backend.setCurrentKey(key);
    byte[] hot =
        backend
            .getPartitionedState(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                new ValueStateDescriptor<>("hot", BytePrimitiveArraySerializer.INSTANCE))
            .value();
    return Hot.decode(hot, IDS_MAX, new TestingCounter().vitals()).timer;
  }

  /** Sets the machine's clock, which says when the next barrier is to be expected. */
  void millis(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  @Override
  public void close() {
    try {
      // Flink finishes no operator that has failed; the harness does.
      if (failed) {
        harness.getOperator().close();
      } else {
        harness.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("the harness does not close", e);
    }
  }
}
