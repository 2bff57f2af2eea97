// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.benchmarks.plot.Series;
import io.twinlog.benchmarks.quality.Comparison;
import io.twinlog.benchmarks.quality.NabFigures;
import io.twinlog.benchmarks.quality.NabSeries;
import io.twinlog.benchmarks.quality.NabTrial;
import io.twinlog.benchmarks.quality.RulesFile;
import io.twinlog.benchmarks.quality.SensorPlot;
import io.twinlog.benchmarks.quality.Trial;
import io.twinlog.benchmarks.quality.TrialFigures;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.local.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code twinlog bench quality}: what the checks of telemetry find, held against what is true. It
 * measures no time, so other work on the machine does no harm.
 */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Measures what the checks of telemetry find: precision and recall on a simulated fleet, whose truth is"
            + " known, and flags in the labelled windows of series of the Numenta Anomaly Benchmark.",
    footer = {
      "",
      "Progress goes to standard error, tables to standard output. It needs no broker, and reads no clock:"
          + " the same options give the same figures.",
      "Exit codes: 0 measured, 1 failed, 2 usage.",
      "",
      "Example:",
      "  twinlog bench quality --seed 1,2 --nab ../nab --out /tmp/quality"
    })
final class QualityCommand implements Callable<Integer> {
  private static final String FLEET_PLOT = "simulated-sensor";

  private final Path home;
  private final Map<String, Series> plots = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "120",
      description = "Of each fleet (default: ${DEFAULT-VALUE}).")
  private int devices;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "300000",
      description =
          "That each fleet sends; a device sends about one a minute (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--seed",
      paramLabel = "S,S",
      split = ",",
      defaultValue = "1,2,3,4,5",
      description = "Of the fleets, one each (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "That judge the fleets (default: docs/examples/rules/simulator.yaml).")
  private Optional<Path> rules;

  @Option(
      names = "--nab",
      paramLabel = "DIR",
      description = "Where windows.json of the Numenta Anomaly Benchmark is, and its series.")
  private Optional<Path> nab;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes page, JSON and plots there (default: nowhere).")
  private Optional<Path> out;

  @Option(
      names = "--record",
      description = "Writes them to docs/benchmarks; it needs --nab, as the page has both.")
  private boolean record;

  /**
   * @param home root of the checkout
   */
  QualityCommand(Path home) {
    this.home = home;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Path simulator = home.resolve("docs/examples/rules/simulator.yaml");
    QualityRules quality = RulesFile.read(rules.orElse(simulator));
    List<TrialFigures> fleets = new ArrayList<>();
    for (long seed : seeds) {
      fleets.add(fleet(new Trial.Setting(seed, devices, events), quality));
    }
    List<NabFigures> series = nab.isPresent() ? nab(nab.get()) : List.of();
    QualityReport report =
        new QualityReport(
            LocalDate.now(ZoneOffset.UTC).toString(),
            new Checkout(home).commit(),
            Machine.here(),
            Trial.INTERVAL_SECONDS,
            fleets,
            series);
    PrintWriter printed = spec.commandLine().getOut();
    printed.print(QualityPage.tables(report));
    printed.flush();
    Optional<Path> results = record ? Optional.of(home.resolve("docs/benchmarks")) : out;
    if (results.isPresent()) {
      report.write(results.get(), plots);
    }
    return 0;
  }

  private void check() {
    if (devices < 1 || events < 1) {
      throw new ParameterException(spec.commandLine(), "--devices and --events are at least 1");
    }
    if (record && (nab.isEmpty() || out.isPresent() || rules.isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "--record needs --nab, and goes with neither --out nor --rules");
    }
    if (nab.isPresent() && !Files.isReadable(nab.get().resolve(NabSeries.WINDOWS))) {
      throw new ParameterException(
          spec.commandLine(),
          "--nab: there is no %s in %s".formatted(NabSeries.WINDOWS, nab.get()));
    }
  }

  private TrialFigures fleet(Trial.Setting setting, QualityRules quality) {
    say("seed %d: %,d devices, %,d events".formatted(setting.seed(), devices, events));
    Trial trial = Trial.of(setting, quality);
    plots.computeIfAbsent(
        FLEET_PLOT, name -> SensorPlot.of(trial, "Seed %d".formatted(setting.seed())));
    return Comparison.of(setting, trial, quality);
  }

  private List<NabFigures> nab(Path directory) throws IOException {
    List<NabFigures> figures = new ArrayList<>();
    for (NabSeries series : NabSeries.read(directory)) {
      say("NAB: %s, %,d values".formatted(series.name(), series.readings().size()));
      Series judged = NabTrial.of(series);
      plots.put(series.name(), judged);
      figures.add(NabFigures.of(judged));
    }
    return figures;
  }

  private void say(String what) {
    spec.commandLine().getErr().println(what);
    spec.commandLine().getErr().flush();
  }
}
