// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.clock.ClockJob;
import io.twinlog.flink.Job;
import io.twinlog.flink.SettingsException;
import io.twinlog.local.fleet.FleetSimulator;
import io.twinlog.local.fleet.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code deploy/local/run.sh}: reads its options, starts everything, shows figures, and
 * stops with savepoints. What runs is in {@link LocalStack}.
 */
@Command(
    name = "run.sh",
    description = "Runs a broker, all jobs and a simulated fleet in one process, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped, and every job was saved",
      "1:it could not start, a job failed, or a job could not be saved",
      "2:wrong usage"
    },
    footer = {
      "",
      "Ctrl-C or SIGTERM stops every job with a savepoint; a second one kills at once.",
      "Whatever ended a run, the next one with the same --data goes on where it was.",
      "",
      "Example: run.sh --kafka-port 19092 --set execution.checkpointing.interval=5s --for 10m"
    })
public final class LocalRun implements Callable<Integer> {
  private static final int SAVED = 0;

  private final Path home;
  private final Supplier<List<Job>> installed;
  private final CompletableFuture<Void> stop;
  private final long startedNanos = System.nanoTime();

  private List<Job> jobs = List.of();

  @Spec private CommandSpec spec;

  @Mixin private SimulatorOptions simulator = new SimulatorOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "What is kept between runs. Default: deploy/local/.run/data")
  private Path data;

  @Option(
      names = "--kafka-port",
      paramLabel = "P",
      defaultValue = "9092",
      description = "Port of Kafka; 0: any free one. Default: ${DEFAULT-VALUE}")
  private int kafkaPort;

  @Option(
      names = "--flink-port",
      paramLabel = "P",
      defaultValue = "8081",
      description = "Port of Flink's web UI; 0: any free one. Default: ${DEFAULT-VALUE}")
  private int flinkPort;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "" + LocalOptions.PARALLELISM,
      description = "Parallelism of each job. Default: ${DEFAULT-VALUE}")
  private int parallelism;

  @Option(
      names = "--jobs",
      paramLabel = "NAME,…",
      split = ",",
      description = "Only these jobs, and the clock, without which no time passes. Default: all")
  private List<String> only = List.of();

  @Option(
      names = "--prefix",
      paramLabel = "P",
      defaultValue = LocalOptions.PREFIX,
      description = "What topic names begin with. Default: ${DEFAULT-VALUE}")
  private String prefix;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of a job or of Flink, over deploy/config. May be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Written, as JSON, once all runs; removed at the end.")
  private Path readyFile;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Stop by itself after so long: 90s, 10m, 1h.")
  private Duration lasting;

  @Option(names = "--http-port", hidden = true)
  private void serve(String ignored) {
    throw new ParameterException(
        spec.commandLine(),
        "--http-port belongs to the query service, which is not in this release");
  }

  /**
   * @param installed asked only once the log is configured: classes of jobs make loggers
   * @param stop done when the run is to end
   */
  LocalRun(Path home, Supplier<List<Job>> installed, CompletableFuture<Void> stop) {
    this.home = home;
    this.installed = installed;
    this.stop = stop;
  }

  /** Ends the JVM with the exit code of the run. */
  public static void main(String[] arguments) {
    String home = System.getenv("TWINLOG_HOME");
    if (home == null) {
      System.err.println("TWINLOG_HOME is not set: start this with deploy/local/run.sh");
      System.exit(Failures.FAILED);
    }
    CompletableFuture<Void> stop = new CompletableFuture<>();
    Signals.handle(() -> stop.complete(null));
    LocalRun run = new LocalRun(Path.of(home), LocalStack::jobs, stop);
    System.exit(Failures.execute(new CommandLine(run), arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path root = data == null ? home.resolve("deploy/local/.run/data") : data;
    DataDirectory.requireWritable(root);
    LocalLog.configure(root);
    jobs = chosen(installed.get());
    check();
    Screen screen = new Screen(spec.commandLine().getOut(), System.console() != null);
    LocalOptions options =
        new LocalOptions(
            root,
            home.resolve("deploy/config"),
            kafkaPort,
            flinkPort,
            parallelism,
            prefix,
            settings);
    if (readyFile != null) {
      // Whoever waits for it must not find that of a run that was killed.
      Files.deleteIfExists(readyFile);
    }
    LocalStack stack = LocalStack.start(options, jobs, screen::say, stop);
    ReadyFile ready = announce(stack, screen, root);
    try {
      boolean sound = watch(stack, screen);
      return sound ? end(stack, screen) : Math.max(Failures.FAILED, end(stack, screen));
    } finally {
      stack.close();
      for (Path file : readyFiles()) {
        ready.remove(file);
      }
    }
  }

  private List<Job> chosen(List<Job> all) {
    List<String> names = all.stream().map(Job::name).toList();
    for (String name : only) {
      require(
          names.contains(name),
          "--jobs: there is no job " + name + "; there are " + String.join(", ", names));
    }
    return all.stream()
        .filter(job -> only.isEmpty() || only.contains(job.name()) || job instanceof ClockJob)
        .toList();
  }

  private void check() {
    try {
      Settings.check(settings, jobs);
    } catch (SettingsException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    require(parallelism >= 1, "--parallelism must be at least 1: " + parallelism);
    require(kafkaPort >= 0 && kafkaPort <= 65_535, "--kafka-port is no port: " + kafkaPort);
    require(flinkPort >= 0 && flinkPort <= 65_535, "--flink-port is no port: " + flinkPort);
    require(
        prefix.matches("[A-Za-z0-9._-]{0,100}"),
        "--prefix may have letters, digits, dots, dashes and underscores, 100 at most: " + prefix);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private ReadyFile announce(LocalStack stack, Screen screen, Path root) {
    ReadyFile ready =
        ReadyFile.ofThisProcess(stack.bootstrap(), prefix, stack.flink().toString(), stack.data());
    readyFiles().forEach(ready::write);
    screen.say("Twinlog " + ready.version() + " runs:");
    screen.say("  kafka    %s, topics %s*".formatted(ready.bootstrap(), prefix));
    screen.say("  flink    " + ready.flink());
    screen.say("  metrics  http://localhost:%s/metrics".formatted(stack.metricsPort()));
    screen.say("  data     " + ready.data());
    screen.say("  log      " + DataDirectory.log(root));
    screen.say(
        "ready after %.1f s; Ctrl-C stops it".formatted((System.nanoTime() - startedNanos) / 1e9));
    return ready;
  }

  private List<Path> readyFiles() {
    List<Path> files = new ArrayList<>();
    files.add(home.resolve("deploy/local/.run/current.json"));
    if (readyFile != null) {
      files.add(readyFile);
    }
    return files;
  }

  /**
   * Lets the fleet speak and shows figures each second, until a signal, a failure, or the end of
   * the time given. Devices stop before the jobs do.
   *
   * @return whether the fleet did not fail
   */
  private boolean watch(LocalStack stack, Screen screen) throws Exception {
    Optional<FleetSimulator> fleet =
        simulator.start(stack.bootstrap(), prefix, stack.data(), screen::say);
    try {
      show(stack, screen);
    } finally {
      fleet.ifPresent(FleetSimulator::close);
    }
    return fleet.isEmpty() || !fleet.get().failed();
  }

  private void show(LocalStack stack, Screen screen) throws Exception {
    CompletableFuture<?> over = CompletableFuture.anyOf(stop, stack.failed());
    if (lasting != null) {
      over.completeOnTimeout(null, lasting.toMillis(), TimeUnit.MILLISECONDS);
    }
    try (Figures figures = new Figures(stack, prefix, readers())) {
      while (!over.isDone()) {
        try {
          screen.show(figures.look());
        } catch (ExecutionException e) {
          screen.say("no figures: " + RootCause.of(e));
        }
        stack.tellTroubles();
        over.copy().completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
      }
    }
  }

  /** Jobs that may have something left to read. */
  private List<String> readers() {
    return jobs.stream().map(Job::name).filter(name -> !name.equals(ClockJob.NAME)).toList();
  }

  private int end(LocalStack stack, Screen screen) throws Exception {
    if (stack.failed().isDone()) {
      screen.say(stack.failed().get());
      return Failures.FAILED;
    }
    screen.say("stopping, with savepoints ...");
    Map<String, Path> saved = stack.stop();
    for (Job job : jobs) {
      Path savepoint = saved.get(job.name());
      screen.say(
          savepoint == null
              ? "the job %s could not be saved: it will go on from its last checkpoint"
                  .formatted(job.name())
              : "the job %s is saved: %s".formatted(job.name(), savepoint));
    }
    return saved.size() == jobs.size() ? SAVED : Failures.FAILED;
  }
}
