// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.Job;
import io.twinlog.flink.KafkaOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/**
 * Where jobs run on one machine: their broker, and a directory that outlives them. It turns both
 * into Flink's settings and knows from which state a job goes on; it starts nothing.
 *
 * @param bootstrap where Kafka's clients connect, HOST:PORT
 * @param prefix of topic names
 * @param parallelism of each job
 * @param data what is kept between runs
 */
record LocalPlace(String bootstrap, String prefix, int parallelism, DataDirectory data) {
  static final String METRICS_PORT = "metrics.reporter.prom.port";

  /** What a job here is told, whatever its file says. */
  Map<String, String> settings(Job job) {
    return Map.of(
        KafkaOptions.BOOTSTRAP.key(),
        bootstrap,
        KafkaOptions.PREFIX.key(),
        prefix,
        KafkaOptions.CREATE.key(),
        "true",
        KafkaOptions.REPLICATION.key(),
        "1",
        CoreOptions.DEFAULT_PARALLELISM.key(),
        Integer.toString(parallelism),
        CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
        data.checkpoints(job.name()).toUri().toString(),
        CheckpointingOptions.SAVEPOINT_DIRECTORY.key(),
        data.savepoints(job.name()).toUri().toString(),
        CoreOptions.TMP_DIRS.key(),
        data.temporary().toString());
  }

  /** Settings of a cluster here, reached from this machine alone. */
  Configuration cluster(int flinkPort, String metricsPort, Map<String, String> overlay) {
    Configuration cluster = new Configuration();
    cluster.set(RestOptions.BIND_PORT, Integer.toString(flinkPort));
    cluster.set(RestOptions.PORT, flinkPort);
    cluster.set(RestOptions.BIND_ADDRESS, "localhost");
    cluster.set(RestOptions.ADDRESS, "localhost");
    cluster.set(JobManagerOptions.BIND_HOST, "localhost");
    cluster.set(TaskManagerOptions.BIND_HOST, "localhost");
    cluster.set(WebOptions.LOG_PATH, DataDirectory.log(data.root()).toString());
    cluster.set(WebOptions.SUBMIT_ENABLE, false);
    cluster.set(WebOptions.CANCEL_ENABLE, false);
    cluster.set(CoreOptions.TMP_DIRS, data.temporary().toString());
    // Flink keeps count of checkpoints per cluster; asks no job.
    cluster.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    cluster.setString(
        "metrics.reporter.prom.factory.class", PrometheusReporterFactory.class.getName());
    cluster.setString(METRICS_PORT, metricsPort);
    overlay.forEach(cluster::setString);
    return cluster;
  }

  /** Submits a job, to go on from its newest state, which is returned. */
  Optional<SavedState> submit(LocalCluster cluster, Job job, Configuration settings)
      throws Exception {
    String name = job.name();
    Optional<SavedState> saved = SavedState.newest(data.checkpoints(name), data.savepoints(name));
    cluster.submit(job, settings, saved);
    return saved;
  }

  /** Deletes what is older than the state that a job, which runs by now, was started from. */
  void prune(LocalCluster cluster, String job, SavedState restored) throws IOException {
    restored.prune(
        data.checkpoints(job), data.savepoints(job), cluster.jobs().get(job).toHexString());
  }
}
