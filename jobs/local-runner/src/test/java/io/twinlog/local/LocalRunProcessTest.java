// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own: signals, exit codes, standard output, ready files. */
class LocalRunProcessTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path home;
  private Path ready;
  private Path out;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void layOut() throws IOException {
    ready = home.resolve("ready.json");
    out = home.resolve("out.txt");
    for (String job : List.of("one", "two")) {
      Path directory = Files.createDirectories(home.resolve("deploy/config").resolve(job));
      Files.writeString(directory.resolve("config.yaml"), "parallelism.default: 1\n");
    }
  }

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void goesOnAfterAKillAndSavesEveryJobAtSigterm() throws Exception {
    Process killed = start();
    awaitReady(killed);
    killed.destroyForcibly().waitFor();

    Process second = start();
    awaitReady(second);
    second.destroy();

    assertThat(second.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isZero();
    assertThat(out).content().contains("the job one is saved: ", "the job two is saved: ");
    assertThat(Files.readAllLines(out))
        .as("no lines of a logger")
        .noneMatch(line -> line.matches(".*(INFO|WARN|ERROR|SLF4J|Exception).*"));
    assertThat(ready).doesNotExist();
    assertThat(home.resolve("deploy/local/.run/current.json")).doesNotExist();
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            IdentityRun.class.getName()));
    command.addAll(
        List.of("--no-simulator", "--kafka-port=0", "--flink-port=0", "--ready-file=" + ready));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TWINLOG_HOME", home.toString());
    Process process = builder.redirectOutput(out.toFile()).start();
    started.add(process);
    return process;
  }

  private void awaitReady(Process process) {
    await()
        .atMost(LONG)
        .until(() -> !process.isAlive() || Files.exists(ready) && pidIn(ready) == process.pid());
    assertThat(process.isAlive()).as(() -> "its output:\n" + contentOf(out)).isTrue();
    assertThat(home.resolve("deploy/local/.run/current.json")).hasSameTextualContentAs(ready);
  }

  private static long pidIn(Path file) throws IOException {
    JsonNode ready = new ObjectMapper().readTree(file.toFile());
    return ready.path("pid").asLong();
  }

  private static String contentOf(Path file) {
    return org.assertj.core.api.Assertions.contentOf(file.toFile());
  }
}
