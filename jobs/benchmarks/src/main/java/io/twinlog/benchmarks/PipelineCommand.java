// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.local.DurationText;
import io.twinlog.local.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code twinlog bench pipeline}: what router, device and telemetry job cost, against identity. It
 * refuses figures that rest on an identity slower than this machine's.
 */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Measures router, device and telemetry job against identity, a job of the same source and sink with nothing"
            + " between them: events per second and CPU of the job's process alone.",
    footer = {
      "",
      "Progress goes to standard error, tables to standard output, both and JSON to --out.",
      "Exit codes: 0 measured, 1 failed or identity too slow for this machine, 2 usage.",
      "",
      "Example:",
      "  twinlog bench pipeline --runs 3 --warm-up 30s --only identity-json,router"
    })
final class PipelineCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  private final Path home;

  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Of each job, interleaved (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "2m",
      converter = DurationText.class,
      description = "Of each job before its first run (default: ${DEFAULT-VALUE}).")
  private Duration warmUp;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "3000000",
      description = "Events that a run reads (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--devices",
      paramLabel = "N,N",
      split = ",",
      defaultValue = "100000,1000000",
      description =
          "Fleets of the device job; the first is everyone's (default: ${DEFAULT-VALUE}).")
  private List<Integer> devices;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "10s",
      converter = DurationText.class,
      description =
          "Between two events of a device, simulated: all is read as fast as it goes (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = "--history",
      paramLabel = "N",
      defaultValue = "6",
      description =
          "Events that a device has sent at most before the batch; at least 6 (default:"
              + " ${DEFAULT-VALUE}).")
  private int history;

  @Option(
      names = "--only",
      paramLabel = "JOB,JOB",
      split = ",",
      description =
          "These alone: identity-json, router, identity-avro, device-100k, device-1m, telemetry-100k, windows-100k, identity-services, service-100k, identity-errors, escalation-100k.")
  private List<String> only;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "2g",
      description = "Of each job's process (default: ${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--telemetry-heap",
      paramLabel = "SIZE",
      defaultValue = "5g",
      description =
          "The same of the telemetry job, whose caches take half of it (default: ${DEFAULT-VALUE}).")
  private String telemetryHeap;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go (default: docs/benchmarks).")
  private Optional<Path> out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the broker and the jobs keep their files meanwhile (default: deploy/local/.run).")
  private Optional<Path> data;

  @Option(
      names = "--record",
      description = "Records what identity needs as this machine's baseline, in machines.json.")
  private boolean record;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "Another checkout, built: its jobs but identity take turns with these, as JOB-other. What it runs and its"
              + " deploy/config are its own. Nothing is written but the tables.")
  private Optional<Path> against;

  @Option(
      names = "--profile",
      paramLabel = "JOB",
      description = "Measures nothing, but writes where the CPU of one run of this job goes.")
  private Optional<String> profile;

  /**
   * @param home root of the checkout
   */
  PipelineCommand(Path home) {
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    List<BenchCase> cases = cases();
    PipelineOptions options =
        new PipelineOptions(
            positive("--runs", runs),
            positive("--records", records),
            warmUp,
            devices,
            positive("--interval", interval.toMillis()),
            Math.max(history, Fleet.STARTING_ROUNDS),
            heap,
            telemetryHeap);
    Path scratch = data.orElse(home.resolve("deploy/local/.run"));
    Files.createDirectories(scratch);
    Path directory = Files.createTempDirectory(scratch.toAbsolutePath(), "bench-");
    // A benchmark that is broken off leaves gigabytes.
    Thread cleaning = new Thread(() -> clean(directory), "clean-up");
    Runtime.getRuntime().addShutdownHook(cleaning);
    try {
      PipelineBench bench = new PipelineBench(home, other(), options, narrator());
      int exitCode =
          profile.isPresent()
              ? profile(bench, cases.get(0), directory)
              : measure(bench, cases, options, directory);
      Scratch.delete(directory);
      return exitCode;
    } catch (IOException | ExecutionException e) {
      Scratch.deleteAllButLogs(directory);
      spec.commandLine().getErr().println("logs are in " + directory);
      throw e;
    } finally {
      Runtime.getRuntime().removeShutdownHook(cleaning);
    }
  }

  /** While the processes that write there are being ended, too. */
  private void clean(Path directory) {
    try {
      Scratch.delete(directory);
    } catch (IOException e) {
      spec.commandLine().getErr().println("%s is left behind: %s".formatted(directory, e));
    }
  }

  private <T extends Number> T positive(String option, T value) {
    if (value.longValue() < 1) {
      throw new ParameterException(spec.commandLine(), option + " is at least 1");
    }
    return value;
  }

  private List<BenchCase> cases() {
    devices.forEach(count -> positive("--devices", count));
    List<BenchCase> all = BenchCase.all(devices);
    List<String> names = all.stream().map(BenchCase::name).toList();
    List<String> wanted = profile.map(List::of).orElse(only == null ? names : only);
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "no job %s; there are %s".formatted(name, names));
      }
    }
    return all.stream()
        .filter(of -> wanted.contains(of.name()))
        .flatMap(
            of ->
                against.isEmpty() || of.kind().isIdentity()
                    ? Stream.of(of)
                    : Stream.of(of, of.inOther()))
        .toList();
  }

  /** The build that this one is held against; without one it is this one. */
  private Path other() {
    Path other = against.orElse(home).toAbsolutePath().normalize();
    if (!Files.isDirectory(other.resolve("jobs/benchmarks/target"))) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is no checkout that was built: run mvn package -DskipTests there".formatted(other));
    }
    return other;
  }

  private Narrator narrator() {
    PrintWriter err = spec.commandLine().getErr();
    long start = System.nanoTime();
    return what -> {
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      err.println("%4d s  %s".formatted(seconds, what));
      err.flush();
    };
  }

  private Path results() {
    return out.orElse(home.resolve("docs/benchmarks"));
  }

  private int profile(PipelineBench bench, BenchCase of, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    String page = bench.profile(of, directory).page();
    Files.createDirectories(results());
    Files.writeString(results().resolve("profile-" + of.name() + ".md"), page);
    spec.commandLine().getOut().print(page);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private int measure(
      PipelineBench bench, List<BenchCase> cases, PipelineOptions options, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    Machine machine = Machine.here();
    Path file = results().resolve("machines.json");
    Baselines baselines = Baselines.read(file);
    List<CaseFigures> figures = PipelineReport.figures(bench.run(cases, directory));
    Map<String, Double> identities = PipelineReport.identities(cases, figures);
    if (record) {
      baselines = baselines.with(machine, identities);
      baselines.write(file);
    }
    PipelineReport report =
        new PipelineReport(
            LocalDate.now(ZoneOffset.UTC).toString(),
            new Checkout(home).commit(),
            machine,
            options,
            baselines.knows(machine, identities.keySet()),
            figures,
            PipelineReport.ratios(cases, figures));
    PrintWriter printed = spec.commandLine().getOut();
    printed.print(Table.of(report));
    if (against.isPresent()) {
      printed.print("\n" + Table.byThread(report));
    }
    printed.flush();
    if (against.isPresent()) {
      return 0;
    }
    return judge(report, baselines.complaints(machine, identities));
  }

  /** Figures that flatter are shown, but not kept. */
  private int judge(PipelineReport report, List<String> complaints) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    if (!complaints.isEmpty()) {
      complaints.forEach(err::println);
      return FAILED;
    }
    if (!report.baseline()) {
      err.println(
          "identity was not measured, or there is no baseline of it for %s: it was held against nothing; --record makes one"
              .formatted(report.machine().key()));
    }
    report.write(results());
    return 0;
  }
}
