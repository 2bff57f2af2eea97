// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.cli.Main;
import io.twinlog.local.fleet.LoadCommand;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The operator's command, or the load that is beside it, in a process of its own. */
final class TwinlogCommand {
  private final List<String> words;
  private final Process process;
  private final Path output;

  private TwinlogCommand(List<String> words, Process process, Path output) {
    this.words = words;
    this.process = process;
    this.output = output;
  }

  /** Starts it on a prefix. */
  static TwinlogCommand start(String bootstrap, String prefix, String... words) throws IOException {
    return start(bootstrap, prefix, List.of(), words);
  }

  /** The same with jars of a user's own. */
  static TwinlogCommand start(String bootstrap, String prefix, List<Path> jars, String... words)
      throws IOException {
    return start(Main.class, all(bootstrap, prefix, words), jars);
  }

  /** Starts {@code bench load} on a prefix. */
  static TwinlogCommand load(String bootstrap, String prefix, String... words) throws IOException {
    return start(LoadCommand.class, all(bootstrap, prefix, words), List.of());
  }

  private static List<String> all(String bootstrap, String prefix, String... words) {
    List<String> all = new ArrayList<>(List.of("--bootstrap", bootstrap, "--prefix", prefix));
    all.addAll(List.of(words));
    return all;
  }

  private static TwinlogCommand start(Class<?> main, List<String> words, List<Path> jars)
      throws IOException {
    StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
    jars.forEach(jar -> classPath.append(File.pathSeparator).append(jar));
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath.toString(), main.getName()));
    command.addAll(words);
    Path output = Files.createTempFile("twinlog", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new TwinlogCommand(words, process, output);
  }

  /**
   * Waits for its end.
   *
   * @return what it printed, on either stream
   * @throws IOException when it ended with another exit code
   */
  String await(int exitCode) throws IOException, InterruptedException {
    int code = process.waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    if (code != exitCode) {
      throw new IOException(
          "twinlog %s ended with %d: %s".formatted(String.join(" ", words), code, text));
    }
    return text;
  }
}
