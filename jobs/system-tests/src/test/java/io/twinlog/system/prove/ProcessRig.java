// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.local.BrokerProcess;
import io.twinlog.local.JobProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The real parts, each in a process of its own: a broker from the start, and the jobs that are
 * asked for. All of them end when it is closed.
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
            BrokerProcess.class,
            directory.resolve("broker"),
            List.of("--port", Integer.toString(port)));
    open.push(broker);
    awaitOrClose(broker);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts a job over the topics of a prefix, and waits until it runs. */
  ChildProcess job(String job, String prefix, int parallelism) throws IOException {
    String name = prefix + job;
    List<String> arguments =
        new ArrayList<>(List.of("--bootstrap", bootstrap(), "--prefix", prefix));
    arguments.addAll(List.of("--config", CONFIG.toString()));
    arguments.addAll(List.of("--parallelism", Integer.toString(parallelism)));
    arguments.addAll(List.of("--set", "execution.checkpointing.interval=1 s"));
    arguments.add(job);
    ChildProcess process =
        new ChildProcess(name, JobProcess.class, directory.resolve(name), arguments);
    open.push(process);
    awaitOrClose(process);
    return process;
  }

  private void awaitOrClose(ChildProcess process) throws IOException {
    try {
      process.awaitReady();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
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
