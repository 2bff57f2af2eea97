// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobEnvironmentTest {

  @ParameterizedTest
  @CsvSource({
    "pipeline.generic-types, true",
    "pipeline.auto-generate-uids, true",
    "pipeline.object-reuse, false",
    "pipeline.max-parallelism, 64",
    "state.backend.type, hashmap"
  })
  void refusesToChangeWhatStateAndDeliveryRestOn(String key, String value) {
    Configuration settings = new Configuration();
    settings.setString(key, value);

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> JobEnvironment.complete(settings))
        .withMessageStartingWith(key)
        .withMessageContaining(value);
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline.generic-types, false",
    "pipeline.max-parallelism, 128",
    "state.backend.type, rocksdb"
  })
  void takesTheStrictValueItself(String key, String value) {
    Configuration settings = new Configuration();
    settings.setString(key, value);

    assertThat(JobEnvironment.complete(settings).toMap()).containsEntry(key, value);
  }

  @Test
  void hasADefaultForWhatAnOperatorMayTune() {
    Configuration complete = JobEnvironment.complete(new Configuration());

    assertThat(complete.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(complete.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(complete.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(complete.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(complete.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)).isEqualTo(3);
    assertThat(complete.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS)).isEqualTo(3);
    assertThat(complete.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    assertThat(complete.get(CheckpointingOptions.ENABLE_UNALIGNED)).isTrue();
    assertThat(complete.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(complete.get(RestartStrategyOptions.RESTART_STRATEGY))
        .isEqualTo("exponential-delay");
  }

  @Test
  void leavesWhatAnOperatorTuned() {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(3));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");

    Configuration complete = JobEnvironment.complete(settings);

    assertThat(complete.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(3));
    assertThat(complete.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("none");
    assertThat(settings.toMap()).hasSize(2);
  }

  @Test
  void makesAnEnvironmentOfThem() {
    assertThat(JobEnvironment.create(new Configuration()).getMaxParallelism())
        .isEqualTo(JobEnvironment.MAX_PARALLELISM);
  }
}
