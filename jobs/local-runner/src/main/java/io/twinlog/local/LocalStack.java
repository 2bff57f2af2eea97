// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.clock.ClockJob;
import io.twinlog.device.DeviceJob;
import io.twinlog.escalation.EscalationJob;
import io.twinlog.flink.Job;
import io.twinlog.flink.SettingsException;
import io.twinlog.notifier.NotifierJob;
import io.twinlog.router.RouterJob;
import io.twinlog.service.ServiceJob;
import io.twinlog.telemetry.TelemetryJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a local run consists of: broker, cluster and jobs, in this JVM. It neither reads
 * a command line nor ends the JVM, so a test starts the very same.
 */
public final class LocalStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
  private static final long POLL_MILLIS = 200;
  private static final int METRICS_PORT_FIRST = 9249;
  private static final int METRICS_PORT_LAST = 9299;

  private final LocalOptions options;
  private final List<Job> jobs;
  private final Consumer<String> say;
  private final Map<String, Configuration> settings = new LinkedHashMap<>();
  private final Map<String, String> troubles = new HashMap<>();
  private final CompletableFuture<String> failed = new CompletableFuture<>();
  // What was started, the last first.
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private DataDirectory data;
  private LocalPlace place;
  private int kafkaPort;
  private int flinkPort;
  private String metricsPort;
  private LocalCluster cluster;

  private LocalStack(LocalOptions options, List<Job> jobs, Consumer<String> say) {
    this.options = options;
    this.jobs = List.copyOf(jobs);
    this.say = say;
  }

  /**
   * Starts all, and returns when every task runs and the first tick is in every source partition.
   *
   * @param say gets one line for each thing worth telling
   * @throws SettingsException when something the caller set is not as it must be
   * @throws LocalRunException when a job fails
   */
  public static LocalStack start(LocalOptions options, List<Job> jobs, Consumer<String> say)
      throws Exception {
    return start(options, jobs, say, new CompletableFuture<>());
  }

  /** Starts all as above, and gives up when {@code stop} is done. Nothing is left running then. */
  static LocalStack start(
      LocalOptions options, List<Job> jobs, Consumer<String> say, CompletableFuture<Void> stop)
      throws Exception {
    LocalStack stack = new LocalStack(options, jobs, say);
    try {
      stack.check();
      stack.startParts(stop);
      return stack;
    } catch (Exception | Error e) {
      stack.closeAfter(e);
      throw e;
    }
  }

  /** All jobs of this release, in the order in which they are started. */
  public static List<Job> jobs() {
    return List.of(
        new ClockJob(),
        new RouterJob(),
        new DeviceJob(),
        new TelemetryJob(),
        new ServiceJob(),
        new EscalationJob(),
        new NotifierJob());
  }

  private void check() {
    Settings.check(options.settings(), jobs);
    data = DataDirectory.open(options.data());
    open.push(data);
    kafkaPort = Ports.choose(options.kafkaPort(), "Kafka", "--kafka-port");
    flinkPort = Ports.choose(options.flinkPort(), "Flink's web UI", "--flink-port");
    metricsPort =
        options
            .settings()
            .getOrDefault(
                LocalPlace.METRICS_PORT,
                Integer.toString(Ports.firstFree(METRICS_PORT_FIRST, METRICS_PORT_LAST)));
    place = new LocalPlace(bootstrap(), options.prefix(), options.parallelism(), data);
    for (Job job : jobs) {
      settings.put(
          job.name(), Settings.of(job, options.config(), place.settings(job), options.settings()));
    }
  }

  private void startParts(CompletableFuture<Void> stop) throws Exception {
    open.push(EmbeddedBroker.start(data.kafka(), kafkaPort));
    say.accept("kafka is at %s, metrics at port %s".formatted(bootstrap(), metricsPort));
    cluster =
        LocalCluster.start(
            place.cluster(flinkPort, metricsPort, options.settings()),
            options.parallelism() * jobs.size(),
            UUID.randomUUID().toString());
    open.push(cluster);
    cluster
        .failed()
        .thenAccept(f -> failed.complete("the job %s failed: %s".formatted(f.job(), f.reason())));
    Map<String, SavedState> restored = new HashMap<>();
    for (Job job : jobs) {
      submit(job).ifPresent(state -> restored.put(job.name(), state));
    }
    awaitReady(stop);
    for (Map.Entry<String, SavedState> entry : restored.entrySet()) {
      place.prune(cluster, entry.getKey(), entry.getValue());
    }
  }

  private Optional<SavedState> submit(Job job) throws Exception {
    String name = job.name();
    Optional<SavedState> saved = place.submit(cluster, job, settings.get(name));
    say.accept(
        saved
            .map(state -> "the job %s goes on from %s".formatted(name, state.text()))
            .orElse("the job %s starts without state".formatted(name)));
    return saved;
  }

  private void awaitReady(CompletableFuture<Void> stop)
      throws InterruptedException, ExecutionException {
    while (!failed.isDone() && !(hasTicked() && cluster.allRunning())) {
      if (stop.isDone()) {
        throw new LocalRunException("stopped before it was ready; saved state is as it was");
      }
      tellTroubles();
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    if (failed.isDone()) {
      throw new LocalRunException(failed.get());
    }
  }

  /** Says of each job that is being restarted why, once, and when it runs again. */
  void tellTroubles() throws InterruptedException, ExecutionException {
    for (Job job : jobs) {
      String now = cluster.trouble(job.name()).orElse("");
      String before = now.isEmpty() ? troubles.remove(job.name()) : troubles.put(job.name(), now);
      if (now.isEmpty() && before != null) {
        say.accept("the job %s runs again".formatted(job.name()));
      } else if (!now.isEmpty() && !now.equals(before)) {
        say.accept("the job %s is %s".formatted(job.name(), now));
      }
    }
  }

  /** Where Kafka's clients connect, HOST:PORT. */
  public String bootstrap() {
    return "localhost:" + kafkaPort;
  }

  /** Flink's web UI and REST API. */
  public URI flink() {
    return URI.create("http://localhost:" + flinkPort);
  }

  /** Port, or range of ports, of the Prometheus reporter. */
  public String metricsPort() {
    return metricsPort;
  }

  /** The directory that outlives the run. */
  public Path data() {
    return data.root();
  }

  /** Clock of the last tick that every partition has acknowledged, in milliseconds. */
  long clockMillis() {
    return cluster.gauge(ClockJob.NAME, JobGauges.CLOCK).orElse(0);
  }

  /**
   * Tick records written since the start, over all partitions; empty while a tick is under way, of
   * which some partitions have their record and some have not.
   */
  OptionalLong tickRecords() {
    OptionalLong records = cluster.gauge(ClockJob.NAME, JobGauges.TICK_RECORDS);
    return records.isPresent() && records.getAsLong() < 0 ? OptionalLong.empty() : records;
  }

  /**
   * Whether every source partition has a tick of this run; so it is where no clock is among the
   * jobs.
   */
  private boolean hasTicked() {
    boolean clock = jobs.stream().anyMatch(job -> job.name().equals(ClockJob.NAME));
    return !clock || tickRecords().orElse(0) > 0;
  }

  /** Records that the job has yet to read. */
  public long lag(String job) {
    return cluster.lag(job);
  }

  /** Done, with the reason in one line, when a job has failed for good. */
  public CompletableFuture<String> failed() {
    return failed;
  }

  /**
   * Stops every job with a savepoint, then the rest.
   *
   * @return the savepoint of each job; without the jobs that could not be saved, which will go on
   *     from their last checkpoint
   */
  public Map<String, Path> stop() throws Exception {
    Map<String, Path> directories = new HashMap<>();
    jobs.forEach(job -> directories.put(job.name(), data.savepoints(job.name())));
    Map<String, Path> saved = cluster.stopWithSavepoints(directories);
    close();
    return saved;
  }

  /** Ends all without savepoints: the next start goes on from the last checkpoints. */
  @Override
  public void close() throws IOException {
    IOException failure = new IOException("a part of the local run did not end cleanly");
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.error("a part of the local run did not end cleanly", e);
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private void closeAfter(Throwable reason) {
    try {
      close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
