// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.local.BrokerProcess;
import io.twinlog.local.JobProcess;
import io.twinlog.system.prove.ChildProcess.Program;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The real parts, each in a process of its own: a broker from the start, and the jobs that are
 * asked for. All end when it is closed.
 */
final class ProcessRig implements AutoCloseable {
  static final String PREFIX = "twinlog.";
  private static final Path CONFIG = Path.of(System.getProperty("twinlog.root"), "deploy/config");

  private final Path directory;
  private final int port;
  private final Deque<ChildProcess> open = new ArrayDeque<>();
  private final ChildProcess broker;

  /** Starts a broker alone, and waits for it. */
  ProcessRig(Path directory) throws IOException {
    this.directory = directory;
    port = freePort();
    broker =
        new ChildProcess(
            "broker",
            directory.resolve("broker"),
            new Program(BrokerProcess.class, List.of("--port", Integer.toString(port))));
    open.push(broker);
    try {
      broker.awaitReady();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * What a job runs with.
   *
   * @param jars on its class path
   * @param options of its JVM
   * @param settings {@code KEY=VALUE}
   */
  record Equipment(List<Path> jars, List<String> options, List<String> settings) {
    static Equipment settings(String... settings) {
      return new Equipment(List.of(), List.of(), List.of(settings));
    }
  }

  /** Starts a job over the topics of a prefix; {@link #awaitReady} says when it runs. */
  ChildProcess job(String job, String prefix, int parallelism, String... settings)
      throws IOException {
    return job(job, prefix, parallelism, Equipment.settings(settings));
  }

  /** The same with more than settings. */
  ChildProcess job(String job, String prefix, int parallelism, Equipment equipment)
      throws IOException {
    String name = prefix + job;
    List<String> arguments =
        new ArrayList<>(List.of("--bootstrap", bootstrap(), "--prefix", prefix));
    arguments.addAll(List.of("--config", CONFIG.toString()));
    arguments.addAll(List.of("--parallelism", Integer.toString(parallelism)));
    arguments.addAll(List.of("--set", "execution.checkpointing.interval=1 s"));
    for (String setting : equipment.settings()) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.add(job);
    ChildProcess process =
        new ChildProcess(
            name,
            directory.resolve(name),
            new Program(JobProcess.class, equipment.jars(), equipment.options(), arguments));
    open.push(process);
    return process;
  }

  /** Waits until all that was started runs. */
  void awaitReady() throws IOException {
    for (ChildProcess process : open) {
      process.awaitReady();
    }
  }

  ChildProcess broker() {
    return broker;
  }

  /** Where clients connect, HOST:PORT. */
  String bootstrap() {
    return "localhost:" + port;
  }

  /** Kills one that is needed no more. */
  void end(ChildProcess process) {
    process.close();
    open.remove(process);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
