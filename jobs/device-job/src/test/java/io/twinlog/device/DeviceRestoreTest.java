// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.testkit.TestingInbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The topology fails behind a checkpoint: what it writes again is the same, and the whole is that
 * of a quiet run.
 */
class DeviceRestoreTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final List<SourceRecord> INBOX = flappingFleet();
  private static final double RECORDS_PER_SECOND = 400;
  private static final int OUTPUTS_BEFORE_FAILURE = 200;

  // The cluster runs in this JVM: what its tasks wrote, and whether the one failure has come.
  private static final Queue<OutputRecord> WRITTEN = new ConcurrentLinkedQueue<>();
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  @BeforeEach
  void forget() {
    WRITTEN.clear();
    FAILED.set(false);
  }

  @Test
  void writesTheSameAfterAFailureAsWithoutOne() throws Exception {
    run(false);
    Map<String, Map<String, String>> quiet = byKeyAndOrigin();
    int quietCount = WRITTEN.size();
    forget();

    run(true);

    assertThat(FAILED).as("the failure came").isTrue();
    assertThat(WRITTEN).as("something was written again").hasSizeGreaterThan(quietCount);
    assertThat(byKeyAndOrigin()).isEqualTo(quiet);
  }

  /** Per topic and key, each origin once; a repeat that differs is an error at once. */
  private static Map<String, Map<String, String>> byKeyAndOrigin() {
    Map<String, Map<String, String>> result = new TreeMap<>();
    for (OutputRecord output : WRITTEN) {
      String key = output.topic() + " " + new String(output.key(), StandardCharsets.UTF_8);
      String value = Base64.getEncoder().encodeToString(output.value());
      String before =
          result
              .computeIfAbsent(key, k -> new LinkedHashMap<>())
              .putIfAbsent(origin(output), value);
      assertThat(before == null || before.equals(value)).as("repeat of " + key).isTrue();
    }
    return result;
  }

  private static String origin(OutputRecord output) {
    return output.headers().stream()
        .filter(header -> header.key().equals("tl-origin"))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  private static void run(boolean failing) throws Exception {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    environment.setParallelism(2);
    DataGeneratorSource<SourceRecord> source =
        new DataGeneratorSource<>(
            index -> INBOX.get(index.intValue()),
            INBOX.size(),
            RateLimiterStrategy.perSecond(RECORDS_PER_SECOND),
            SourceRecord.TYPE);
    DataStream<SourceRecord> inbox =
        environment
            .fromSource(source, WatermarkStrategy.noWatermarks(), "inbox", SourceRecord.TYPE)
            .uid("inbox")
            .setParallelism(1)
            .keyBy(SourceRecord::partition, Types.INT);
    DeviceTopology.of(inbox, DeviceJobSettings.of(settings), TestingInbox.topics())
        .devices()
        .map(new Recording(failing))
        .returns(OutputRecord.TYPE)
        .uid("recording")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    environment.execute();
  }

  /** Keeps what passes, and fails once where told to: behind a checkpoint, and well on the way. */
  private static final class Recording
      implements MapFunction<OutputRecord, OutputRecord>, CheckpointListener {
    private static final long serialVersionUID = 1;
    private final boolean failing;
    private transient boolean saved;

    Recording(boolean failing) {
      this.failing = failing;
    }

    @Override
    public OutputRecord map(OutputRecord output) {
      WRITTEN.add(output);
      boolean due = failing && saved && WRITTEN.size() >= OUTPUTS_BEFORE_FAILURE;
      if (due && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("the failure that this test wants");
      }
      return output;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      saved = true;
    }
  }

  /** Devices that come and go, report faults, repeat themselves, and fall silent for a while. */
  private static List<SourceRecord> flappingFleet() {
    TestingInbox inbox = new TestingInbox();
    for (int device = 0; device < 10; device++) {
      inbox.event("d-" + device, "r-" + device, "device.registered", "{\"model\":\"P100\"}");
    }
    for (int round = 0; round < 40; round++) {
      inbox.afterMillis(round % 13 == 12 ? 700_000 : 1_000);
      for (int device = 0; device < 10; device++) {
        String type = (round + device) % 3 == 0 ? "device.offline" : "device.online";
        inbox.event("d-" + device, round + "-" + device, type, "{}");
      }
      if (round % 5 == 0) {
        inbox.repeatLast(7);
      }
    }
    return inbox.records();
  }
}
