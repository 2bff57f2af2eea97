// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Figures as people read them: tables in Markdown, which a terminal shows as well. */
final class Table {
  private static final double WORTH_A_ROW = 0.05;

  private Table() {}

  /** One run, in a line. */
  static String text(Run run) {
    return "%,.0f events/s, %.2f CPU-s per million events, compiling %.1f of %.1f s"
        .formatted(
            run.eventsPerSecond(),
            run.cpuSecondsPerMillion(),
            run.compilingSeconds(),
            run.wallSeconds());
  }

  /** Both tables of a report. */
  static String of(PipelineReport report) {
    List<List<String>> cases = new ArrayList<>();
    cases.add(
        List.of("job", "events/s min", "median", "max", "CPU-s/M events min", "median", "max"));
    for (CaseFigures figures : report.cases()) {
      Spread events = figures.eventsPerSecond();
      Spread cpu = figures.cpuSecondsPerMillion();
      cases.add(
          List.of(
              figures.name(),
              "%,.0f".formatted(events.min()),
              "%,.0f".formatted(events.median()),
              "%,.0f".formatted(events.max()),
              "%.2f".formatted(cpu.min()),
              "%.2f".formatted(cpu.median()),
              "%.2f".formatted(cpu.max())));
    }
    List<List<String>> ratios = new ArrayList<>();
    ratios.add(List.of("job", "against", "by CPU", "by events/s", "goal"));
    for (Ratio ratio : report.ratios()) {
      ratios.add(
          List.of(
              ratio.name(),
              ratio.to(),
              "%.2f".formatted(ratio.byCpu()),
              "%.2f".formatted(ratio.byEvents()),
              ratio.goal() == 0 ? "none" : "%.2f".formatted(ratio.goal())));
    }
    return markdown(cases) + (report.ratios().isEmpty() ? "" : "\n" + markdown(ratios));
  }

  /** Where each job spends its CPU: medians, of kinds of threads that any of them uses much. */
  static String byThread(PipelineReport report) {
    List<String> titles = new ArrayList<>(List.of("CPU-s/M events by thread"));
    report.cases().forEach(of -> titles.add(of.name()));
    Map<String, List<String>> rows = new TreeMap<>();
    Set<String> kinds = new TreeSet<>();
    report.cases().forEach(of -> of.runs().forEach(run -> kinds.addAll(run.threads().keySet())));
    for (String kind : kinds) {
      List<Double> medians =
          report.cases().stream().map(of -> of.cpuSecondsPerMillion(kind).median()).toList();
      if (Collections.max(medians) >= WORTH_A_ROW) {
        rows.put(kind, medians.stream().map("%.2f"::formatted).toList());
      }
    }
    List<List<String>> table = new ArrayList<>(List.of(titles));
    rows.forEach(
        (kind, medians) -> {
          List<String> row = new ArrayList<>(List.of(kind));
          row.addAll(medians);
          table.add(row);
        });
    return markdown(table);
  }

  /** The page docs/benchmarks/pipeline.md. */
  static String page(PipelineReport report) {
    PipelineOptions options = report.options();
    Machine machine = report.machine();
    return ("""
        # Pipeline: what the jobs cost

        Written by `deploy/bin/twinlog bench pipeline`; do not edit. What the figures mean: [README](README.md).

        %s
        %s, %d cores, %d GiB; %s; %s; commit %s.
        %d runs after %d s of warm-up; batches of %,d events, of devices of %d bytes; each speaks every %d ms, and has done so
        for up to %d rounds before; parallelism %d, %d partitions, heap %s, of the telemetry job %s, RocksDB %d MiB.
        Identity %s.
        %s""")
        .formatted(
            of(report),
            machine.cpu(),
            machine.cores(),
            machine.memoryGib(),
            machine.jdk(),
            report.date(),
            report.commit(),
            options.runs(),
            options.warmUpSeconds(),
            options.records(),
            options.eventBytes(),
            options.intervalMillis(),
            options.history(),
            options.parallelism(),
            options.partitions(),
            options.heap(),
            options.telemetryHeap(),
            options.managedMebibytes(),
            report.baseline()
                ? "is as fast as what is recorded for this machine"
                : "was held against nothing: it was not measured, or no baseline is recorded for this machine",
            statistics(report));
  }

  /** How many windows were told of; empty where no job has any. */
  private static String statistics(PipelineReport report) {
    List<String> told =
        report.cases().stream()
            .filter(of -> of.runs().get(0).statistics() > 0)
            .map(
                of ->
                    "%s %,d, %.2f an event"
                        .formatted(
                            of.name(),
                            of.runs().get(0).statistics(),
                            (double) of.runs().get(0).statistics() / report.options().records()))
            .toList();
    return told.isEmpty()
        ? ""
        : "Statistics of windows that one batch made them write: "
            + String.join("; ", told)
            + ".\n";
  }

  /** Rows in columns as wide as their widest cell; the first row has the titles. */
  static String markdown(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i), widths);
      if (i == 0) {
        rule(text, widths);
      }
    }
    return text.toString();
  }

  /** The first column holds names, the others figures. */
  private static void line(StringBuilder text, List<String> row, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String gap = " ".repeat(widths[column] - cell.length());
      text.append("| ").append(column == 0 ? cell + gap : gap + cell).append(' ');
    }
    text.append("|\n");
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int column = 0; column < widths.length; column++) {
      String dashes = "-".repeat(widths[column] + 1);
      text.append('|').append(column == 0 ? "-" + dashes : dashes + ":");
    }
    text.append("|\n");
  }
}
