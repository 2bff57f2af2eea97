// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A Flink cluster in this JVM that runs one job at a time, and idles between them. */
final class HostCluster implements AutoCloseable {
  private static final long POLL_MILLIS = 20;

  private final MiniCluster cluster;
  private JobID job;
  private CompletableFuture<JobResult> result;

  private HostCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static HostCluster start(HostPlan plan) throws Exception {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(CoreOptions.TMP_DIRS, Path.of(plan.directory(), "tmp").toString());
    settings.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(plan.managedMebibytes()));
    settings.setString("metrics.reporter.counts.factory.class", JobCounts.Factory.class.getName());
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(plan.parallelism())
                .setCommonBindAddress("localhost")
                .build());
    cluster.start();
    return new HostCluster(cluster);
  }

  void submit(JobGraph graph) throws InterruptedException, ExecutionException {
    cluster.submitJob(graph).get();
    job = graph.getJobID();
    // Asked once: a question at every look would show in the figures.
    result = cluster.requestJobResult(job);
  }

  /**
   * Waits until the job's sources have handed over so many records.
   *
   * @throws IllegalStateException when the job has ended
   */
  void awaitRead(long records) throws InterruptedException, ExecutionException {
    while (JobCounts.sum(JobCounts.READ) < records) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      if (result.isDone()) {
        throw new IllegalStateException("the job ended: " + reason(result.get()));
      }
    }
  }

  private static String reason(JobResult result) {
    Optional<Throwable> failure = result.getSerializedThrowable().map(Throwable.class::cast);
    return failure.map(RootCause::of).orElse("nobody knows why");
  }

  /** Returns when all that was read is through the job, and what it writes is written. */
  void flush() throws InterruptedException, ExecutionException {
    cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED).get();
  }

  /** Ends the job; where its state is. */
  String stopIn(String directory) throws InterruptedException, ExecutionException {
    String saved =
        cluster.stopWithSavepoint(job, directory, false, SavepointFormatType.NATIVE).get();
    awaitEnd();
    return saved;
  }

  void cancel() throws InterruptedException, ExecutionException {
    cluster.cancelJob(job).get();
    awaitEnd();
  }

  /** Counters of a job that has ended must not be taken for those of the next. */
  private void awaitEnd() throws InterruptedException, ExecutionException {
    result.get();
    while (!JobCounts.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IOException("the Flink cluster did not end cleanly: " + RootCause.of(e), e);
    }
  }
}
