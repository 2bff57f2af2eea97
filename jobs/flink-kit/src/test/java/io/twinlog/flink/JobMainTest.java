// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobMainTest {
  private static final ConfigOption<Integer> SIZE =
      ConfigOptions.key("test.size").intType().defaultValue(1).withDescription("A number.");
  private static final ConfigOption<Map<String, String>> TABLE =
      ConfigOptions.key("test.table")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Names and values.");

  /** A job that has two settings and does nothing. */
  private static final class TestingJob implements Job {
    @Override
    public String name() {
      return "testing";
    }

    @Override
    public List<ConfigOption<?>> options() {
      return List.of(SIZE, TABLE);
    }

    @Override
    public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
      throw new AssertionError("not started here");
    }
  }

  private static Configuration settings(String... arguments) {
    return JobMain.settings(new TestingJob(), arguments);
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> settings(arguments))
        .withMessageContaining(message);
  }

  @Test
  void takesItsOwnSettingsThoseOfKafkaAndThoseOfFlink() {
    Configuration settings =
        settings(
            "--set",
            "test.size=7",
            "--set",
            " kafka.bootstrap = a:1,b:2 ",
            "--set",
            "parallelism.default=3");

    assertThat(settings.get(SIZE)).isEqualTo(7);
    assertThat(settings.get(KafkaOptions.BOOTSTRAP)).isEqualTo("a:1,b:2");
    assertThat(settings.toMap()).containsEntry("parallelism.default", "3");
  }

  @Test
  void takesTheEntriesOfAMapOneByOne() {
    Configuration settings =
        settings("--set", "test.table.a=1", "--set", "kafka.properties.security.protocol=SSL");

    assertThat(settings.get(TABLE)).isEqualTo(Map.of("a", "1"));
    assertThat(settings.get(KafkaOptions.PROPERTIES)).isEqualTo(Map.of("security.protocol", "SSL"));
  }

  @Test
  void readsAFileAndLetsLaterArgumentsOverrideIt(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("config.yaml"), "test:\n  size: 7\n  table:\n    a: x\n");

    Configuration settings = settings("--config", directory.toString(), "--set", "test.size=8");

    assertThat(settings.get(SIZE)).isEqualTo(8);
    assertThat(settings.get(TABLE)).isEqualTo(Map.of("a", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test.sise=1",
        "kafka.boostrap=x",
        "device.retention=1 d",
        // Below a setting that is no map there is none.
        "test.size.max=1",
        "topics.prefix.x=1",
        "sink.linger.ms=5"
      })
  void refusesAKeyThatNobodyHas(String assignment) {
    String key = assignment.substring(0, assignment.indexOf('='));

    assertRefused(
        "unknown setting "
            + key
            + "; job testing has delivery, delivery.transaction-timeout, kafka.bootstrap",
        "--set",
        assignment);
  }

  @Test
  void refusesAnUnknownKeyOfAFile(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("config.yaml"), "test:\n  sise: 7\n");

    assertRefused("unknown setting test.sise", "--config", directory.toString());
  }

  @Test
  void refusesAnArgumentThatIsNotKnown() {
    assertRefused("unknown argument --conf", "--conf", "x");
    assertRefused("unknown argument x", "x");
  }

  @Test
  void refusesASettingThatIsNoAssignment() {
    assertRefused("--set takes KEY=VALUE, not test.size", "--set", "test.size");
    assertRefused("--set takes KEY=VALUE, not =1", "--set", "=1");
    assertRefused("--set takes KEY=VALUE", "--set");
  }

  @Test
  void refusesADirectoryWithoutAFile(@TempDir Path directory) {
    assertRefused("holds no readable config.yaml", "--config", directory.toString());
    assertRefused("holds no readable config.yaml", "--config");
  }
}
