// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.TopicChecks;
import io.twinlog.wire.Topic;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The clock job: makes time pass in the log. One task, whatever the parallelism, and no state.
 * Runbook: docs/jobs/clock.md.
 */
public final class ClockJob implements Job {
  /** Name of the job. */
  public static final String NAME = "clock";

  /** All that it reads and writes. */
  private static final List<Topic> TOPICS = List.of(Topic.INGRESS, Topic.COMMANDS, Topic.RULES);

  private static final double PULSES_PER_SECOND = 1;

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new ClockJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return ClockJobSettings.ALL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    ClockJobSettings.of(settings);
    TopicChecks.run(settings, TOPICS);
    layOut(environment, settings);
  }

  /** Lays the job out; talks to no broker. */
  public static void layOut(StreamExecutionEnvironment environment, ReadableConfig settings) {
    DataGeneratorSource<Long> pulses =
        new DataGeneratorSource<>(
            pulse -> pulse,
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(PULSES_PER_SECOND),
            Types.LONG);
    environment
        .fromSource(pulses, WatermarkStrategy.noWatermarks(), "clock-pulse", Types.LONG)
        .uid("clock-pulse")
        .setParallelism(1)
        .sinkTo(
            new TickSink(
                KafkaEnds.connection(settings),
                settings.get(KafkaOptions.PREFIX),
                ClockJobSettings.of(settings)))
        .name("clock-ticks")
        .uid("clock-ticks")
        .setParallelism(1);
  }
}
