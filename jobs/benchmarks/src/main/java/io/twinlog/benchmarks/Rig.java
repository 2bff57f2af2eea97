// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.local.BrokerProcess;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of a benchmark: a broker from the start, a generator while there is something to
 * write, and one for each job. All end when it is closed.
 */
final class Rig implements AutoCloseable {
  /**
   * The same for every job, the least CPU for each: the serial collector. A device's values live
   * until its next event, and those that die young cost nothing: so half of the heap is for the
   * young. Each event looks into many corners of it: huge pages spare the processor the way there.
   * All of them are there from the start, as in a process that has run for long.
   */
  private static final List<String> COLLECTOR =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:NewRatio=1",
          "-XX:+UseTransparentHugePages",
          "-XX:+AlwaysPreTouch");

  private final Path directory;
  private final Path home;
  private final Path other;
  private final PipelineOptions options;
  private final String bootstrap;
  private final Deque<Child> open = new ArrayDeque<>();

  /**
   * Starts a broker, and waits for it.
   *
   * @param home root of the checkout
   * @param other the same of the build that it is held against
   */
  Rig(Path directory, Path home, Path other, PipelineOptions options)
      throws IOException, InterruptedException {
    this.directory = directory;
    this.home = home;
    this.other = other;
    this.options = options;
    int port = freePort();
    bootstrap = "localhost:" + port;
    Path ready = directory.resolve("broker.ready");
    Child broker =
        new Child(
            "broker",
            directory,
            BrokerProcess.class,
            List.of("-Xmx1g", "-XX:+UseG1GC"),
            List.of(
                "--data",
                directory.resolve("broker").toString(),
                "--port",
                Integer.toString(port),
                "--ready-file",
                ready.toString()));
    open.push(broker);
    try {
      broker.awaitFile(ready);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Where clients connect, HOST:PORT. */
  String bootstrap() {
    return bootstrap;
  }

  /** A file or directory of this benchmark. */
  Path path(String name) {
    return directory.resolve(name);
  }

  /** Writes the events of so many slots, in a process that ends before this returns. */
  void generate(String prefix, Fleet fleet, long firstSlot, long slots)
      throws IOException, InterruptedException {
    GeneratorProcess.Batch batch =
        new GeneratorProcess.Batch(bootstrap, prefix, fleet, firstSlot, slots);
    try (Child generator =
        new Child(
            "generator",
            directory,
            GeneratorProcess.class,
            List.of("-Xmx512m"),
            List.of(Protocol.write(batch)))) {
      generator.awaitSuccess();
    }
  }

  /** Starts the process of a job, which does nothing until it gets its first turn. */
  Host host(BenchCase of) throws IOException {
    return host(of.name(), of.kind(), of.fleetPrefix(), of.ownPrefix(), of.other() ? other : home);
  }

  /** The same of a job of this build. */
  Host host(String name, BenchCase.Kind kind, String source, String own) throws IOException {
    return host(name, kind, source, own, home);
  }

  private Host host(String name, BenchCase.Kind kind, String source, String own, Path build)
      throws IOException {
    HostPlan plan =
        new HostPlan(
            kind,
            bootstrap,
            source,
            own,
            build.resolve("deploy/config").toString(),
            directory.resolve("job-" + name).toString(),
            PipelineOptions.PARALLELISM,
            PipelineOptions.MANAGED_MEBIBYTES);
    String heap = options.heap(kind);
    Child child =
        new Child(
            "job-" + name,
            directory,
            classPath(build),
            JobHost.class,
            Stream.concat(Stream.of("-Xms" + heap, "-Xmx" + heap), COLLECTOR.stream()).toList(),
            List.of(Protocol.write(plan)));
    open.push(child);
    return new Host(name, child);
  }

  /** That of this process, with another checkout's modules in the place of this one's. */
  private String classPath(Path build) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path here = Path.of(entry);
      Path there = here.startsWith(home) ? build.resolve(home.relativize(here)) : here;
      if (!Files.exists(there)) {
        throw new IOException(
            "no %s: build that checkout; it must be of the same version".formatted(there));
      }
      entries.add(there.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /**
   * A job's process.
   *
   * @param name of what it runs
   */
  record Host(String name, Child child) {
    /**
     * Runs the job once.
     *
     * @throws IOException when it fails
     */
    Outcome run(Turn turn) throws IOException {
      Outcome outcome = Protocol.read(child.ask(Protocol.write(turn)), Outcome.class);
      if (!outcome.error().isEmpty()) {
        throw new IOException(name + " failed: " + outcome.error());
      }
      return outcome;
    }
  }

  /** Ends a process that is needed no more. */
  void end(Host host) {
    host.child().close();
    open.remove(host.child());
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
