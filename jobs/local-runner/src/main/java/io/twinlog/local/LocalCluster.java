// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.Job;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.JobMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this JVM with its web UI, and the jobs submitted to it. It has no high
 * availability: who starts it says from which state each job goes on.
 */
final class LocalCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final long SAVEPOINT_SECONDS_MAX = 60;

  private final MiniCluster cluster;
  private final String run;
  private final Map<String, JobID> jobs = new LinkedHashMap<>();
  private final CompletableFuture<JobFailure> failed = new CompletableFuture<>();
  private volatile boolean stopping;

  private LocalCluster(MiniCluster cluster, String run) {
    this.cluster = cluster;
    this.run = run;
  }

  /**
   * Starts without jobs.
   *
   * @param slots parallel pipelines that all jobs together may have
   * @param run names this cluster among those of the JVM
   */
  static LocalCluster start(Configuration settings, int slots, String run) throws Exception {
    settings.setString("metrics.reporter.lag.factory.class", JobGauges.Factory.class.getName());
    settings.setString("metrics.reporter.lag." + JobGauges.RUN, run);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setCommonBindAddress("localhost")
                .build());
    cluster.start();
    return new LocalCluster(cluster, run);
  }

  /** Lays the job out and submits it, to go on from {@code saved} where there is one. */
  void submit(Job job, Configuration settings, Optional<SavedState> saved) throws Exception {
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    JobMain.define(job, environment, settings);
    StreamGraph stream = environment.getStreamGraph();
    stream.setJobName(job.name());
    JobGraph graph = stream.getJobGraph();
    // Nobody's state is claimed: the first checkpoint is a full one, and old runs can be deleted.
    saved.ifPresent(
        state ->
            graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(
                    state.path().toString(), false, RecoveryClaimMode.NO_CLAIM)));
    cluster.submitJob(graph).get();
    jobs.put(job.name(), graph.getJobID());
    cluster.requestJobResult(graph.getJobID()).whenComplete((r, e) -> ended(job.name(), r, e));
  }

  private void ended(String job, JobResult result, Throwable lost) {
    if (stopping) {
      return;
    }
    Optional<Throwable> cause =
        lost != null
            ? Optional.of(lost)
            : result.getSerializedThrowable().map(Throwable.class::cast);
    failed.complete(
        new JobFailure(job, cause.map(RootCause::of).orElse("it ended, and nobody stopped it")));
  }

  /** Done when a job has ended by itself. */
  CompletableFuture<JobFailure> failed() {
    return failed;
  }

  /** Whether every task of every job runs. */
  boolean allRunning() throws InterruptedException, ExecutionException {
    for (JobID id : jobs.values()) {
      if (!isRunning(cluster.getExecutionGraph(id).get())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRunning(AccessExecutionGraph graph) {
    return graph.getState() == JobStatus.RUNNING
        && StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
            .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
  }

  /** Why a job is restarting; empty while it runs. */
  Optional<String> trouble(String job) throws InterruptedException, ExecutionException {
    JobID id = jobs.get(job);
    if (cluster.getJobStatus(id).get() == JobStatus.RUNNING) {
      return Optional.empty();
    }
    AccessExecutionGraph graph = cluster.getExecutionGraph(id).get();
    return Optional.ofNullable(graph.getFailureInfo())
        .map(failure -> graph.getState() + ": " + RootCause.of(failure.getException()));
  }

  /** Records that the job has yet to read. */
  long lag(String job) {
    return gauge(job, JobGauges.PENDING).orElse(0);
  }

  /** Sum of a job's gauges of that name; empty while it has none. */
  OptionalLong gauge(String job, String name) {
    return JobGauges.of(run, job, name);
  }

  /** Names of the jobs and the ids of these runs of them, in the order of submission. */
  Map<String, JobID> jobs() {
    return Map.copyOf(jobs);
  }

  /**
   * Stops every job, in the order of their submission, with a savepoint in {@code directories} by
   * job, without draining: the end of input would fire every deadline.
   *
   * @return where each job's savepoint is; without those that could not be saved, which are left to
   *     go on from their last checkpoint
   */
  Map<String, Path> stopWithSavepoints(Map<String, Path> directories) throws InterruptedException {
    stopping = true;
    Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
    jobs.forEach(
        (job, id) ->
            asked.put(
                job,
                cluster.stopWithSavepoint(
                    id, directories.get(job).toString(), false, SavepointFormatType.NATIVE)));
    Map<String, Path> saved = new LinkedHashMap<>();
    for (Map.Entry<String, CompletableFuture<String>> entry : asked.entrySet()) {
      savepoint(entry.getKey(), entry.getValue()).ifPresent(p -> saved.put(entry.getKey(), p));
    }
    return saved;
  }

  private static Optional<Path> savepoint(String job, CompletableFuture<String> asked)
      throws InterruptedException {
    try {
      String location = asked.get(SAVEPOINT_SECONDS_MAX, TimeUnit.SECONDS);
      return Optional.of(Path.of(new org.apache.flink.core.fs.Path(location).getPath()));
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("the job {} could not be stopped with a savepoint", job, e);
      return Optional.empty();
    }
  }

  /** Ends the cluster; jobs that still run are cancelled, and their checkpoints stay. */
  @Override
  public void close() throws IOException {
    stopping = true;
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IOException("the Flink cluster did not end cleanly: " + RootCause.of(e), e);
    }
  }
}
