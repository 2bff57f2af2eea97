// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.testkit.TestingInbox;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * One run of the topology on the cluster of a test, over an inbox from its begin to its end. The
 * cluster is in this JVM, and there is one run at a time.
 */
final class TelemetryRun {
  private static final double RECORDS_PER_SECOND = 20_000;

  // What its tasks read and wrote, and whether the one failure has come.
  private static List<SourceRecord> inbox;
  private static final Queue<OutputRecord> WRITTEN = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private TelemetryRun() {}

  /**
   * How it goes.
   *
   * @param cacheSize 0: none
   * @param failsAfter outputs, and a checkpoint; 0: never
   */
  record Plan(int parallelism, String cacheSize, int failsAfter) {}

  /** Runs it. */
  static RunOutputs of(List<SourceRecord> records, SerializableSupplier<RuleBook> rules, Plan plan)
      throws Exception {
    inbox = records;
    WRITTEN.clear();
    COUNT.set(0);
    FAILED.set(false);
    Configuration settings = settings(plan);
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    environment.setParallelism(plan.parallelism());
    DataStream<SourceRecord> source =
        environment
            .fromSource(source(plan), WatermarkStrategy.noWatermarks(), "inbox", SourceRecord.TYPE)
            .uid("inbox")
            .setParallelism(1)
            .keyBy(SourceRecord::partition, Types.INT);
    TelemetryTopology.of(source, TelemetryJobSettings.of(settings), TestingInbox.topics(), rules)
        .telemetry()
        .map(new Recording(plan.failsAfter()))
        .returns(OutputRecord.TYPE)
        .uid("recording")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    environment.execute();
    return RunOutputs.of(WRITTEN, FAILED.get());
  }

  private static DataGeneratorSource<SourceRecord> source(Plan plan) {
    return new DataGeneratorSource<>(
        index -> inbox.get(index.intValue()),
        inbox.size(),
        plan.failsAfter() == 0
            ? RateLimiterStrategy.noOp()
            : RateLimiterStrategy.perSecond(RECORDS_PER_SECOND),
        SourceRecord.TYPE);
  }

  /** Doubles come up to an hour after one another; the fastest device says 120 things an hour. */
  private static Configuration settings(Plan plan) {
    Configuration settings = new Configuration();
    settings.setString("telemetry.dedupe.ids", "1024");
    settings.setString("telemetry.dedupe.horizon", "2 h");
    settings.setString("telemetry.windows.size", "1 mb");
    settings.setString("cache.size", plan.cacheSize());
    settings.setString("parking.on-defect", "FAIL");
    if (plan.failsAfter() > 0) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    }
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
        plan.failsAfter() > 0 ? 1 : 0);
    return settings;
  }

  /** Keeps what passes, and fails once where told to: behind a checkpoint, and well on the way. */
  private static final class Recording
      implements MapFunction<OutputRecord, OutputRecord>, CheckpointListener {
    private static final long serialVersionUID = 1;
    private final int failsAfter;
    private transient boolean saved;

    Recording(int failsAfter) {
      this.failsAfter = failsAfter;
    }

    @Override
    public OutputRecord map(OutputRecord output) {
      WRITTEN.add(output);
      boolean due = COUNT.incrementAndGet() >= failsAfter && failsAfter > 0 && saved;
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
}
