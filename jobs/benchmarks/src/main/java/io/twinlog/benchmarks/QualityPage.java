// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.benchmarks.quality.NabFigures;
import io.twinlog.benchmarks.quality.TrialFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page docs/benchmarks/quality.md: its words are a resource, its figures are put in. */
final class QualityPage {
  private static final String WORDS = "quality-page.txt";

  private QualityPage() {}

  /** All tables, as a terminal shows them. */
  static String tables(QualityReport report) {
    StringBuilder text = new StringBuilder();
    List<TrialFigures> fleets = report.fleets();
    text.append(QualityTables.fleets(fleets)).append("\nRecall\n");
    text.append(QualityTables.recall(fleets)).append("\nPrecision\n");
    text.append(QualityTables.precision(fleets)).append("\nDelay\n");
    text.append(QualityTables.delay(fleets)).append("\nWithin bounds\n");
    text.append(QualityTables.within(fleets));
    if (!report.nab().isEmpty()) {
      text.append("\nNAB\n").append(QualityTables.nab(report.nab()));
      text.append('\n').append(QualityTables.windows(report.nab()));
    }
    return text.toString();
  }

  /** The page. */
  static String of(QualityReport report) {
    String page = words();
    for (Map.Entry<String, String> figure : figures(report).entrySet()) {
      page = page.replace("{{" + figure.getKey() + "}}", figure.getValue().stripTrailing());
    }
    return page;
  }

  private static Map<String, String> figures(QualityReport report) {
    List<TrialFigures> fleets = report.fleets();
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("fleets", QualityTables.fleets(fleets));
    figures.put("recall", QualityTables.recall(fleets));
    figures.put("precision", QualityTables.precision(fleets));
    figures.put("delay", QualityTables.delay(fleets));
    figures.put("within", QualityTables.within(fleets));
    figures.put("nab", QualityTables.nab(report.nab()));
    figures.put("windows", QualityTables.windows(report.nab()));
    figures.put("missed", missed(report.nab()));
    figures.put(
        "plots",
        report.nab().stream()
            .map(series -> "![%s](quality/%s.svg)".formatted(series.name(), series.name()))
            .collect(Collectors.joining("\n\n")));
    figures.put("run", run(report));
    return figures;
  }

  private static String missed(List<NabFigures> nab) {
    String missed =
        nab.stream()
            .flatMap(
                series ->
                    series.missed().stream()
                        .map(window -> "%s, %s".formatted(series.name(), window.from())))
            .collect(Collectors.joining("; "));
    return missed.isEmpty() ? "No window was missed." : "Missed: " + missed + ".";
  }

  private static String run(QualityReport report) {
    TrialFigures first = report.fleets().get(0);
    String seeds =
        report.fleets().stream()
            .map(fleet -> Long.toString(fleet.setting().seed()))
            .collect(Collectors.joining(", "));
    return "Seeds %s; %,d devices, %,d events each; %s, %s; commit %s."
        .formatted(
            seeds,
            first.setting().devices(),
            first.setting().events(),
            report.machine().jdk(),
            report.date(),
            report.commit());
  }

  private static String words() {
    try (InputStream words = QualityPage.class.getResourceAsStream(WORDS)) {
      return new String(words.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
