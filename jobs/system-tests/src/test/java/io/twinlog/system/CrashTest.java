// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The local run is killed, and stopped, while devices write: nothing is lost, doubled or
 * contradicted.
 */
class CrashTest {
  @TempDir Path directory;

  @Test
  void survivesAKillAndAnInterruptUnderLoad() throws Exception {
    Path data = directory.resolve("data");
    int port = LocalProcess.freePort();
    try (LocalProcess first = start(data, port);
        FaultLoad load = new FaultLoad(first.bootstrap())) {
      awaitMore(load, 4_000);
      first.kill();
      try (LocalProcess second = start(data, port)) {
        assertThat(second.output()).as("it says what it goes on from").contains("chk-");
        awaitMore(load, 2_000);
        assertThat(second.interrupt()).as("exit code after Ctrl-C").isZero();
      }
      try (LocalProcess third = start(data, port)) {
        assertThat(third.output()).contains("savepoint-");
        awaitMore(load, 2_000);
        Set<String> acknowledged = load.finish();
        assertThat(acknowledged).hasSize(load.written());
        awaitAll(third.bootstrap(), acknowledged);
        check(third.bootstrap(), acknowledged);
      }
    }
  }

  private static LocalProcess start(Path data, int port) throws Exception {
    return LocalProcess.start(
        data, port, "--jobs", "router,device", "--set", "execution.checkpointing.interval=2 s");
  }

  private static void awaitMore(FaultLoad load, int events) {
    int before = load.written();
    Awaitility.await("the load goes on")
        .atMost(Duration.ofSeconds(90))
        .until(() -> load.written() >= before + events);
  }

  /** As many records are no sign of it: a crash repeats some. */
  private static void awaitAll(String bootstrap, Set<String> acknowledged) {
    Awaitility.await("all events are in device.log")
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> DeviceHistory.of(bootstrap).lost(acknowledged).isEmpty());
  }

  private static void check(String bootstrap, Set<String> acknowledged) {
    DeviceHistory history = DeviceHistory.of(bootstrap);
    assertThat(history.repeats())
        .as("a crash repeats something, else this test shows nothing")
        .isPositive();
    history.assertHoldsEachOnce(acknowledged, FaultLoad.DEVICE);
    history.assertStateIsFold(bootstrap);
    assertThat(TopicContents.read(bootstrap, Topic.DEAD_LETTERS)).isEmpty();
  }
}
