// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of the pipeline benchmark came to, as docs/benchmarks has it.
 *
 * @param date of the run
 * @param commit of the checkout, with {@code -changed} where it was not that
 * @param baseline whether identity was held against what is recorded for this machine
 */
record PipelineReport(
    @JsonProperty("date") String date,
    @JsonProperty("commit") String commit,
    @JsonProperty("machine") Machine machine,
    @JsonProperty("options") PipelineOptions options,
    @JsonProperty("baseline_checked") boolean baseline,
    @JsonProperty("cases") List<CaseFigures> cases,
    @JsonProperty("ratios") List<Ratio> ratios) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Of each case its figures, in order. */
  static List<CaseFigures> figures(Map<BenchCase, List<Run>> runs) {
    return runs.entrySet().stream()
        .map(entry -> CaseFigures.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Of each job whose identity was measured, too. */
  static List<Ratio> ratios(List<BenchCase> cases, List<CaseFigures> figures) {
    List<Ratio> ratios = new ArrayList<>();
    for (int job = 0; job < cases.size(); job++) {
      BenchCase.Kind kind = cases.get(job).kind();
      for (int other = 0; other < cases.size(); other++) {
        if (kind.yardstick().filter(cases.get(other).kind()::equals).isPresent()) {
          ratios.add(Ratio.of(kind, figures.get(job), figures.get(other)));
        }
      }
    }
    return ratios;
  }

  /** CPU-seconds per million events of the identities, by name. */
  static Map<String, Double> identities(List<BenchCase> cases, List<CaseFigures> figures) {
    Map<String, Double> identities = new TreeMap<>();
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).kind().isIdentity()) {
        identities.put(cases.get(i).name(), figures.get(i).cpuSecondsPerMillion().median());
      }
    }
    return identities;
  }

  /** Writes {@code pipeline.json} and {@code pipeline.md}. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("pipeline.json"), JSON.writeValueAsString(this) + "\n");
    Files.writeString(directory.resolve("pipeline.md"), Table.page(this));
  }
}
