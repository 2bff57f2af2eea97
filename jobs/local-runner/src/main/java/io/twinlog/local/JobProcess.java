// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.Job;
import io.twinlog.flink.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * One job on a cluster of its own in a process of its own, to be killed, paused and restarted apart
 * from the others. A signal stops it with a savepoint; after a kill it goes on from its last
 * checkpoint.
 */
@Command(
    name = "job",
    description = "Runs one job alone against a broker, until a signal.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class JobProcess implements Callable<Integer> {
  /** Flink's reporter takes the first that is free: others start at the same time. */
  private static final String METRICS_PORTS = "9249-9299";

  private static final long POLL_MILLIS = 200;

  private final CompletableFuture<Void> stop;
  private final CompletableFuture<String> failed = new CompletableFuture<>();

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "Its name.")
  private String name;

  @Option(names = "--bootstrap", paramLabel = "HOST:PORT", required = true)
  private String bootstrap;

  @Option(names = "--prefix", paramLabel = "P", defaultValue = LocalOptions.PREFIX)
  private String prefix;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "Kept between runs.")
  private Path data;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      required = true,
      description = "Directory with the settings of each job: deploy/config.")
  private Path config;

  @Option(names = "--parallelism", paramLabel = "N", defaultValue = "1")
  private int parallelism;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "May be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--ready-file", paramLabel = "FILE", description = "Written once it runs.")
  private Path readyFile;

  private JobProcess(CompletableFuture<Void> stop) {
    this.stop = stop;
  }

  public static void main(String[] arguments) {
    CompletableFuture<Void> stop = new CompletableFuture<>();
    Signals.handle(() -> stop.complete(null));
    System.exit(Failures.execute(new CommandLine(new JobProcess(stop)), arguments));
  }

  @Override
  public Integer call() throws Exception {
    DataDirectory.requireWritable(data);
    LocalLog.configure(data);
    if (readyFile != null) {
      Files.deleteIfExists(readyFile);
    }
    Job job = job();
    try (DataDirectory directory = DataDirectory.open(data)) {
      return run(job, new LocalPlace(bootstrap, prefix, parallelism, directory));
    }
  }

  private Job job() {
    List<Job> jobs = LocalStack.jobs();
    return jobs.stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no job %s; there are %s"
                        .formatted(
                            name, String.join(", ", jobs.stream().map(Job::name).toList()))));
  }

  private int run(Job job, LocalPlace place) throws Exception {
    try {
      Settings.check(settings, List.of(job));
    } catch (SettingsException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    int flinkPort = Ports.choose(0, "Flink's web UI", "");
    Configuration own = Settings.of(job, config, place.settings(job), settings);
    try (LocalCluster cluster =
        LocalCluster.start(
            place.cluster(flinkPort, METRICS_PORTS, settings),
            parallelism,
            UUID.randomUUID().toString())) {
      cluster.failed().thenAccept(failure -> failed.complete(failure.reason()));
      Optional<SavedState> restored = place.submit(cluster, job, own);
      awaitRunning(cluster);
      if (restored.isPresent()) {
        place.prune(cluster, name, restored.get());
      }
      serve("http://localhost:" + flinkPort, place.data());
      boolean saved =
          !failed.isDone()
              && !cluster.stopWithSavepoints(Map.of(name, place.data().savepoints(name))).isEmpty();
      return saved ? 0 : Failures.FAILED;
    }
  }

  private void awaitRunning(LocalCluster cluster) throws Exception {
    while (!failed.isDone() && !stop.isDone() && !cluster.allRunning()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Says that it runs, and returns at a signal or when it has failed for good. */
  private void serve(String flink, DataDirectory directory) throws Exception {
    ReadyFile ready = ReadyFile.ofThisProcess(bootstrap, prefix, flink, directory.root());
    if (readyFile != null && !failed.isDone()) {
      ready.write(readyFile);
    }
    CompletableFuture.anyOf(stop, failed).join();
    if (readyFile != null) {
      ready.remove(readyFile);
    }
    if (failed.isDone()) {
      spec.commandLine().getErr().println("%s failed: %s".formatted(name, failed.join()));
    }
  }
}
