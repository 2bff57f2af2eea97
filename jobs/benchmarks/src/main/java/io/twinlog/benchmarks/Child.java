// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A part of a benchmark in a JVM of its own, mostly on the class path of this one. It ends with
 * this process, however that ends.
 */
final class Child implements AutoCloseable {
  private static final long POLL_MILLIS = 50;
  private static final long END_SECONDS = 20;

  private final String name;
  private final Path errors;
  private final Process process;
  private final BufferedReader replies;
  private final Thread lastResort = new Thread(this::destroy, "end-children");

  /**
   * Starts it.
   *
   * @param directory takes its log and what it says on standard error
   * @param flags of the JVM
   */
  Child(String name, Path directory, Class<?> main, List<String> flags, List<String> arguments)
      throws IOException {
    this(name, directory, System.getProperty("java.class.path"), main, flags, arguments);
  }

  /** The same on a class path of its own. */
  Child(
      String name,
      Path directory,
      String classPath,
      Class<?> main,
      List<String> flags,
      List<String> arguments)
      throws IOException {
    this.name = name;
    Files.createDirectories(directory);
    errors = directory.resolve(name + ".err");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dlog4j2.configurationFile=local-run-log4j2.xml",
            "-Dtwinlog.log=" + directory.resolve(name + ".log")));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    Runtime.getRuntime().addShutdownHook(lastResort);
    process = new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile())).start();
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Writes it a line, and waits for the one that it answers. */
  String ask(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
    String reply = replies.readLine();
    if (reply == null) {
      throw ended();
    }
    return reply;
  }

  /** Waits until it has written that file. */
  void awaitFile(Path file) throws IOException, InterruptedException {
    while (!Files.exists(file)) {
      if (!process.isAlive()) {
        throw ended();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Waits until it has ended by itself. */
  void awaitSuccess() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw ended();
    }
  }

  private IOException ended() throws IOException {
    return new IOException("%s ended: %s".formatted(name, Files.readString(errors).strip()));
  }

  private void destroy() {
    process.destroyForcibly();
  }

  /** Asks it to end, and ends it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
