// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of a job under test. It lives through all runs, so that its code stays compiled, runs
 * the job when it is its turn, measures itself meanwhile, and does nothing in between. Turns come
 * in on standard input, outcomes go out on standard output.
 */
public final class JobHost {
  static final String CHECKPOINTS = "checkpoints";
  private static final Logger LOG = LoggerFactory.getLogger(JobHost.class);
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final HostPlan plan;
  private final HostCluster cluster;

  private JobHost(HostPlan plan, HostCluster cluster) {
    this.plan = plan;
    this.cluster = cluster;
  }

  /** What the process had done at one moment. */
  private record Mark(
      long records,
      long nanos,
      long cpuNanos,
      long compilingMillis,
      Map<String, Double> threadSeconds) {
    static Mark at(long records) throws IOException {
      return new Mark(
          records,
          System.nanoTime(),
          SYSTEM.getProcessCpuTime(),
          COMPILER.getTotalCompilationTime(),
          ThreadTimes.read());
    }
  }

  /** {@code arguments[0]} is the {@link HostPlan}, as JSON. */
  public static void main(String[] arguments) throws Exception {
    PrintStream replies = System.out;
    // Nothing that a library prints may pass for an outcome.
    System.setOut(System.err);
    HostPlan plan = Protocol.read(arguments[0], HostPlan.class);
    Files.createDirectories(Path.of(plan.directory(), "tmp"));
    try (HostCluster cluster = HostCluster.start(plan);
        BufferedReader turns =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      JobHost host = new JobHost(plan, cluster);
      for (String line = turns.readLine(); line != null; line = turns.readLine()) {
        replies.println(Protocol.write(host.answer(Protocol.read(line, Turn.class))));
        replies.flush();
      }
    }
  }

  private Outcome answer(Turn turn) {
    try {
      return run(turn);
    } catch (Exception e) {
      LOG.error("a turn failed", e);
      return Outcome.failed(RootCause.of(e));
    }
  }

  private Outcome run(Turn turn) throws Exception {
    JobGraph graph = new MeasuredJob(plan).graph();
    if (!turn.savedState().isEmpty()) {
      // Claimed, as a state that is not claimed is written anew by the first checkpoint.
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(
              copied(turn.savedState()), false, RecoveryClaimMode.CLAIM));
    }
    cluster.submit(graph);
    Outcome outcome = turn.recording().isEmpty() ? measured(turn) : recorded(turn);
    String saved = "";
    if (turn.saveIn().isEmpty()) {
      cluster.cancel();
    } else {
      saved = cluster.stopIn(turn.saveIn());
    }
    Scratch.delete(Path.of(plan.directory(), CHECKPOINTS));
    return new Outcome(
        outcome.records(),
        outcome.wallSeconds(),
        outcome.cpuSeconds(),
        outcome.compilingSeconds(),
        outcome.applied(),
        outcome.duplicates(),
        saved,
        outcome.threadSeconds(),
        "");
  }

  private Outcome measured(Turn turn) throws InterruptedException, ExecutionException, IOException {
    Mark from = markAfter(turn.from());
    Mark to = markAfter(turn.to());
    return finished(turn, from, to);
  }

  private Outcome recorded(Turn turn) throws InterruptedException, ExecutionException, IOException {
    try (FlightRecording recording = new FlightRecording()) {
      Mark from = markAfter(turn.from());
      recording.start();
      Mark to = markAfter(turn.to());
      recording.stop(Path.of(turn.recording()));
      return finished(turn, from, to);
    }
  }

  /**
   * The moment of a checkpoint, at which all that was read is written. At any other a sink holds up
   * to a million records back, and what is read faster than it is written would count as done.
   */
  private Mark markAfter(long records)
      throws InterruptedException, ExecutionException, IOException {
    cluster.awaitRead(records);
    cluster.flush();
    return Mark.at(JobCounts.sum(JobCounts.READ));
  }

  private Outcome finished(Turn turn, Mark from, Mark to)
      throws InterruptedException, ExecutionException {
    cluster.awaitRead(turn.records());
    cluster.flush();
    return new Outcome(
        to.records() - from.records(),
        (to.nanos() - from.nanos()) / NANOS,
        (to.cpuNanos() - from.cpuNanos()) / NANOS,
        (to.compilingMillis() - from.compilingMillis()) / MILLIS,
        JobCounts.sum(JobCounts.APPLIED) + JobCounts.sum(JobCounts.ROUTED),
        JobCounts.sum(JobCounts.DUPLICATES),
        "",
        ThreadTimes.between(from.threadSeconds(), to.threadSeconds()),
        "");
  }

  /** A job that claims a state deletes it in the end; the next turn needs it again. */
  private String copied(String savedState) throws IOException {
    Path from = Path.of(java.net.URI.create(savedState));
    Path to = Path.of(plan.directory(), CHECKPOINTS, "claimed");
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.createLink(to.resolve(file.getFileName()), file);
      }
    }
    return to.toUri().toString();
  }
}
