// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinlog.flink.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything together, with jobs that count: what a run leaves, the next one goes on from. */
class LocalStackTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path temporary;
  private final List<String> said = new ArrayList<>();
  private Path config;
  private Path data;

  @BeforeEach
  void writeSettings() throws IOException {
    data = temporary.resolve("data");
    config = temporary.resolve("config");
    Files.createDirectories(config.resolve("one"));
    Files.writeString(
        config.resolve("one").resolve("config.yaml"), "execution.checkpointing.interval: 1 s\n");
  }

  @Test
  void goesOnFromASavepointAndThenFromACheckpointWithoutLosingCount() throws Exception {
    Path savepoint;
    try (LocalStack first = start(Map.of())) {
      send(first, "e-1", "e-2");
      awaitOutput(first, "1:e-1", "2:e-2");
      savepoint = first.stop().get("one");
    }
    assertThat(said).contains("the job one starts without state");
    assertThat(savepoint).isDirectoryContaining("glob:**_metadata");

    try (LocalStack second = start(Map.of())) {
      assertThat(said).last().asString().contains("savepoint", savepoint.toString());
      send(second, "e-3");
      awaitOutput(second, "1:e-1", "2:e-2", "3:e-3");
      awaitTwoNewCheckpoints();
    }

    try (LocalStack third = start(Map.of())) {
      assertThat(said)
          .last()
          .asString()
          .contains("checkpoint", data.resolve("checkpoints").toString());
      send(third, "e-4");
      awaitOutput(third, "1:e-1", "2:e-2", "3:e-3", "4:e-4");
      assertThat(savepoint).as("older than what the job goes on from").doesNotExist();
    }
  }

  @Test
  void tellsWhyAJobIsRestartedAndWhyItFailedInTheEnd() throws Exception {
    Map<String, String> restartOnce =
        Map.of(
            "identity.poison", "e-bad",
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "1",
            "restart-strategy.fixed-delay.delay", "5 s");
    try (LocalStack stack = start(restartOnce)) {
      send(stack, "e-bad");

      await().atMost(LONG).until(() -> tellsAReasonFor(stack, "RESTARTING"));
      assertThat(stack.failed().get(LONG.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("the job one failed: IllegalArgumentException: poisoned by e-bad");
    }
  }

  @Test
  void leavesNothingRunningWhenItCannotStart() throws Exception {
    Job refuses = new RefusingJob();

    assertThatThrownBy(() -> LocalStack.start(options(Map.of()), List.of(refuses), said::add))
        .hasMessage("the topic x has 3 partitions");

    DataDirectory.open(data).close();
  }

  private boolean tellsAReasonFor(LocalStack stack, String state) throws Exception {
    stack.tellTroubles();
    return said.contains(
        "the job one is " + state + ": IllegalArgumentException: poisoned by e-bad");
  }

  private LocalStack start(Map<String, String> settings) throws Exception {
    return LocalStack.start(options(settings), List.of(new IdentityJob("one")), said::add);
  }

  private LocalOptions options(Map<String, String> settings) {
    return LocalOptions.onFreePorts(data, config).withSettings(settings);
  }

  private static void send(LocalStack stack, String... events) throws Exception {
    byte[][] values =
        Stream.of(events).map(e -> e.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    new TestingLog(stack.bootstrap()).append("twinlog.ingress", 0, values);
  }

  /** In any order: the topic has two partitions. */
  private static void awaitOutput(LocalStack stack, String... values) {
    TestingLog log = new TestingLog(stack.bootstrap());
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(log.values("twinlog.events.user")).containsExactlyInAnyOrder(values));
  }

  /** Two: the first may have begun before the last event. */
  private void awaitTwoNewCheckpoints() throws IOException {
    long now = newest();
    await().atMost(LONG).until(() -> newest() >= now + 2);
  }

  private long newest() throws IOException {
    return SavedState.newest(data.resolve("checkpoints/one"), data.resolve("savepoints/one"))
        .map(SavedState::number)
        .orElse(0L);
  }
}
