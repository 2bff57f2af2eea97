// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The one place where Flink is told how every job runs. The strict settings cannot be changed; the
 * others are defaults that an operator's configuration overrides. Reasons:
 * docs/reference/configuration.md.
 */
public final class JobEnvironment {
  /** Key groups of every job. It can never change: state is kept by it. */
  public static final int MAX_PARALLELISM = 128;

  private JobEnvironment() {}

  /** An environment with {@code settings} under our defaults and strict settings. */
  public static StreamExecutionEnvironment create(Configuration settings) {
    return StreamExecutionEnvironment.getExecutionEnvironment(complete(settings));
  }

  /** The settings as {@link #create} uses them. */
  public static Configuration complete(Configuration settings) {
    Configuration complete = new Configuration(settings);
    strict(complete, PipelineOptions.GENERIC_TYPES, false);
    strict(complete, PipelineOptions.AUTO_GENERATE_UIDS, false);
    strict(complete, PipelineOptions.OBJECT_REUSE, true);
    strict(complete, PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    strict(complete, StateBackendOptions.STATE_BACKEND, "rocksdb");
    normal(complete, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    normal(complete, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    normal(complete, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    normal(complete, CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    normal(
        complete,
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    normal(complete, CheckpointingOptions.ENABLE_UNALIGNED, true);
    normal(complete, CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(30));
    normal(complete, RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    return complete;
  }

  private static <T> void strict(Configuration settings, ConfigOption<T> option, T value) {
    settings
        .getOptional(option)
        .filter(given -> !given.equals(value))
        .ifPresent(
            given -> {
              throw new SettingsException(
                  option.key() + ": " + given + " cannot be set; every job runs with " + value);
            });
    settings.set(option, value);
  }

  private static <T> void normal(Configuration settings, ConfigOption<T> option, T value) {
    if (settings.getOptional(option).isEmpty()) {
      settings.set(option, value);
    }
  }
}
