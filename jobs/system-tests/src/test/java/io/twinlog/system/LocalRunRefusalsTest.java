// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local run that cannot start says so in one clear line, and its exit code is not 0. */
class LocalRunRefusalsTest {
  @TempDir Path directory;

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(refusal(Map.of(), "--kafka-port", port)).contains(port, "--kafka-port");
      assertThat(refusal(Map.of(), "--kafka-port", "0", "--flink-port", port))
          .contains(port, "--flink-port");
    }
  }

  @Test
  void namesTheDirectoryThatCannotBeWritten() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(refusal(Map.of(), "--data", file.resolve("data").toString()))
        .contains("cannot write to", file.toString(), "--data");
  }

  @Test
  void namesTheJobThatThereIsNot() throws Exception {
    assertThat(output(Map.of(), "--jobs", "router,devices"))
        .startsWith("--jobs: there is no job devices; there are clock, router, device");
  }

  @Test
  void namesTheMissingJava() throws Exception {
    assertThat(refusal(Map.of("JAVA_HOME", directory.toString()))).contains("install JDK 17");
  }

  /** What the run says, which is one line. */
  private String refusal(Map<String, String> environment, String... arguments) throws Exception {
    String output = output(environment, arguments);
    assertThat(output.lines()).as(output).hasSize(1);
    return output;
  }

  private String output(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(LocalProcess.home().resolve("deploy/local/run.sh").toString());
    command.add("--no-simulator");
    if (!List.of(arguments).contains("--data")) {
      command.addAll(List.of("--data", directory.resolve("data").toString()));
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isNotZero();
    return output;
  }
}
