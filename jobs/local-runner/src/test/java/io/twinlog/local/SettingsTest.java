// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.Job;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which settings a job gets, and which are refused. */
class SettingsTest {
  private static final Job JOB = new IdentityJob("one");
  private static final List<Job> JOBS = List.of(JOB, new IdentityJob("two"));

  @TempDir private Path directory;

  @Test
  void laysTheRunsSettingsOverThoseOfTheFile() throws IOException {
    file("execution.checkpointing:\n  interval: 10 s\nidentity:\n  poison: from-file\n");

    Configuration settings =
        Settings.of(
            JOB,
            directory,
            Map.of("kafka.bootstrap", "localhost:1"),
            Map.of("execution.checkpointing.interval", "5 s"));

    assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.get(IdentityJob.POISON)).isEqualTo("from-file");
    assertThat(settings.get(KafkaOptions.BOOTSTRAP)).isEqualTo("localhost:1");
  }

  @Test
  void refusesAFileWithAKeyThatNobodyKnows() throws IOException {
    file("identity:\n  poisson: x\n");

    assertThatThrownBy(() -> Settings.of(JOB, directory, Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("one/config.yaml")
        .hasMessageContaining("identity.poisson");
  }

  @Test
  void refusesAFileThatIsNoYaml() throws IOException {
    file("identity: [\n");

    assertThatThrownBy(() -> Settings.of(JOB, directory, Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("one/config.yaml");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Settings.of(JOB, directory, Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("one/config.yaml");
  }

  @Test
  void refusesASettingThatNoJobAndNotFlinkKnows() {
    assertThatThrownBy(() -> Settings.check(Map.of("device.silence.timeot", "1 s"), JOBS))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("--set device.silence.timeot")
        .hasMessageContaining("one, two");
  }

  @Test
  void refusesASettingThatAnOptionOfTheRunDecides() {
    assertThatThrownBy(() -> Settings.check(Map.of("kafka.bootstrap", "localhost:1"), JOBS))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("--kafka-port");
  }

  @Test
  void takesSettingsOfAJobOfKafkaAndOfFlink() {
    Map<String, String> known =
        Map.of(
            "identity.poison", "x", "topics.partitions", "8", "taskmanager.numberOfTaskSlots", "4");

    assertThatCode(() -> Settings.check(known, JOBS)).doesNotThrowAnyException();
  }

  /** The shipped files hold no key that their jobs do not know. */
  @Test
  void readsTheSettingsOfEveryJobOfTheRelease() {
    Path shipped = Path.of(System.getProperty("twinlog.root"), "deploy", "config");

    for (Job job : LocalStack.jobs()) {
      Configuration settings = Settings.of(job, shipped, Map.of(), Map.of());

      assertThat(settings.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS)).isEqualTo(3);
    }
  }

  private void file(String yaml) throws IOException {
    Path file = directory.resolve("one").resolve("config.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, yaml);
  }
}
