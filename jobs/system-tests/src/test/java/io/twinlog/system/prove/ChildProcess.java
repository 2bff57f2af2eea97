// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A part of Twinlog in a JVM of its own, on the class path of the test: to be paused, killed and
 * started again with the same arguments. It ends with the test, however that ends.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration ENDED = Duration.ofSeconds(90);

  private final String name;
  private final List<String> command;
  private final Path readyFile;
  private final Path output;
  private final Thread lastResort = new Thread(this::destroy, "end-children");
  private volatile Process process;

  /**
   * What runs in it.
   *
   * @param jars on its class path, behind that of the test
   * @param options of its JVM, beside the usual ones
   */
  record Program(Class<?> main, List<Path> jars, List<String> options, List<String> arguments) {
    Program(Class<?> main, List<String> arguments) {
      this(main, List.of(), List.of(), arguments);
    }

    private String classPath() {
      StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
      jars.forEach(jar -> path.append(File.pathSeparator).append(jar));
      return path.toString();
    }
  }

  /** Starts it; {@link #awaitReady} says when it runs. */
  ChildProcess(String name, Path data, Program program) throws IOException {
    this.name = name;
    readyFile = data.resolveSibling(name + ".ready");
    output = data.resolveSibling(name + ".out");
    command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
    command.addAll(program.options());
    command.addAll(
        List.of(
            "-cp",
            program.classPath(),
            program.main().getName(),
            "--data",
            data.toString(),
            "--ready-file",
            readyFile.toString()));
    command.addAll(program.arguments());
    Runtime.getRuntime().addShutdownHook(lastResort);
    start();
  }

  private void start() throws IOException {
    Files.createDirectories(readyFile.toAbsolutePath().getParent());
    Files.deleteIfExists(readyFile);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(output.toFile()))
            .start();
  }

  /** Waits until it says that it runs. */
  ChildProcess awaitReady() throws IOException {
    Awaitility.await(name + " is ready; it said: " + output)
        .atMost(READY)
        .until(() -> Files.exists(readyFile) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException("%s ended: %s".formatted(name, Files.readString(output)));
    }
    return this;
  }

  /** Stops it in the middle of whatever it does, as a machine that is starved does. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on after {@link #pause}. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Its process id: another one after each start. */
  long pid() {
    return process.pid();
  }

  /** What it wrote when it was ready. */
  Path readyFile() {
    return readyFile;
  }

  /** As a crash does it: no handler runs. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As an operator does it, orderly; the exit code. */
  int terminate() throws IOException, InterruptedException {
    signal("TERM");
    awaitEnd();
    return process.exitValue();
  }

  /** Starts it again after it has ended, and returns at once. */
  ChildProcess restart() throws IOException {
    if (process.isAlive()) {
      throw new IllegalStateException(name + " still runs: kill it before it is restarted");
    }
    start();
    return this;
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException(
          "%s took no SIG%s; it said: %s".formatted(name, signal, Files.readString(output)));
    }
  }

  private void awaitEnd() {
    process.onExit().orTimeout(ENDED.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void destroy() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }
}
