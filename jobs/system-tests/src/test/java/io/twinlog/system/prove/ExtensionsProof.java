// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.system.ExampleProject;
import io.twinlog.system.ExtensionScene;
import io.twinlog.system.LocalProcess;
import io.twinlog.system.TopicContents;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar of docs/examples/cold-chain is added to an installation that has run without it: from the
 * savepoints on its type, handler and middleware are at work, and nothing before it has changed.
 */
@Tag("prove")
class ExtensionsProof {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void extensions() throws Exception {
    Report report = new Report();
    Path data = directory.resolve("data");
    String before;
    try (LocalProcess run = LocalProcess.startWithFleet(data, 0, List.of("--no-simulator"))) {
      report.say("an installation without the jar is ready");
      twinlog(run, List.of()).run(0, "send", ExtensionScene.READINGS);
      Awaitility.await().atMost(PATIENCE).until(() -> readings(run, Topic.EVENTS_INTEGRATION) == 4);
      report.figure("readings of no known type, passed on as they are", "4");
      before = digest(run);
      assertThat(run.interrupt()).as("exit code").isZero();
    }
    Path jar = ExampleProject.copied("cold-chain", directory).jar();
    try (LocalProcess run = LocalProcess.startWithJar(data, 0, jar)) {
      assertThat(run.output())
          .contains(
              "the job router goes on from savepoint", "the job device goes on from savepoint");
      report.say("the same installation goes on from its savepoints, with the jar");
      new ExtensionScene(run.bootstrap(), twinlog(run, List.of(jar))).play();
      report.figure("seen of the jar", "type, handler, middleware, quality check");
      assertThat(digest(run)).as("what no handler took before").isEqualTo(before);
      assertThat(run.interrupt()).as("exit code").isZero();
    }
    report.printTable();
  }

  private static long readings(LocalProcess run, Topic topic) {
    return TopicContents.read(run.bootstrap(), topic).stream()
        .map(record -> new String(record.value(), StandardCharsets.ISO_8859_1))
        .filter(value -> value.contains("truck.reading"))
        .count();
  }

  private static String digest(LocalProcess run) throws Exception {
    return twinlog(run, List.of()).run(0, "digest", "events.integration").stream()
        .filter(line -> line.startsWith("events.integration "))
        .findFirst()
        .orElseThrow();
  }

  private static ExtensionScene.CommandLine twinlog(LocalProcess run, List<Path> jars) {
    return (exitCode, words) -> {
      String printed =
          TwinlogCommand.start(run.bootstrap(), ProcessRig.PREFIX, jars, words).await(exitCode);
      return printed.lines().toList();
    };
  }
}
