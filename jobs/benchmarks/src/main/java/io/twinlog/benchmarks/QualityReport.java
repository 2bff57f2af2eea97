// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.twinlog.benchmarks.plot.Series;
import io.twinlog.benchmarks.plot.SeriesPlot;
import io.twinlog.benchmarks.quality.NabFigures;
import io.twinlog.benchmarks.quality.TrialFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the checks of telemetry found, as docs/benchmarks has it.
 *
 * @param date of the run
 * @param commit of the checkout, with {@code -changed} where it was not that
 * @param intervalSeconds from one message of a device to its next, about
 * @param fleets by seed
 * @param nab by series; empty: none was tried
 */
record QualityReport(
    @JsonProperty("date") String date,
    @JsonProperty("commit") String commit,
    @JsonProperty("machine") Machine machine,
    @JsonProperty("interval_s") int intervalSeconds,
    @JsonProperty("fleets") List<TrialFigures> fleets,
    @JsonProperty("nab") List<NabFigures> nab) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule()
                  .addSerializer(double.class, new Rounded())
                  .addSerializer(Double.class, new Rounded()));

  /** Four decimals; null where there is no number. */
  private static final class Rounded extends JsonSerializer<Double> {
    private static final double SCALE = 10_000;

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isNaN()) {
        json.writeNull();
      } else {
        json.writeNumber(Math.rint(value * SCALE) / SCALE);
      }
    }
  }

  /**
   * Writes {@code quality.json}, {@code quality.md}, and its plots.
   *
   * @param plots by the name of the file in {@code quality/}, without the ending
   */
  void write(Path directory, Map<String, Series> plots) throws IOException {
    Path drawings = Files.createDirectories(directory.resolve("quality"));
    for (Map.Entry<String, Series> plot : plots.entrySet()) {
      Files.writeString(drawings.resolve(plot.getKey() + ".svg"), SeriesPlot.svg(plot.getValue()));
    }
    Files.writeString(directory.resolve("quality.json"), JSON.writeValueAsString(this) + "\n");
    Files.writeString(directory.resolve("quality.md"), QualityPage.of(this));
  }
}
