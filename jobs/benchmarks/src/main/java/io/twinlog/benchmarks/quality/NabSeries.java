// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.benchmarks.plot.Series.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A series of the Numenta Anomaly Benchmark (numenta/NAB): what was measured, and in which windows
 * people say that something was wrong. It judges nothing.
 *
 * @param name of its file, without the ending
 * @param readings in the order of the file, which need not be that of time
 */
public record NabSeries(String name, List<Reading> readings, List<Window> windows) {
  public static final String WINDOWS = "windows.json";
  private static final String ENDING = ".csv";
  private static final int SECONDS = "2014-01-01 00:00:00".length();

  /**
   * A line of its file.
   *
   * @param at event time, epoch ms
   * @param value as it is written
   */
  record Reading(long at, String value) {}

  /**
   * All series of a directory that its {@code windows.json} names.
   *
   * @throws IOException when a file cannot be read, or is none of these; it says which line
   */
  public static List<NabSeries> read(Path directory) throws IOException {
    JsonNode windows = new ObjectMapper().readTree(directory.resolve(WINDOWS).toFile());
    List<NabSeries> series = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : windows.properties()) {
      Path file = directory.resolve(Path.of(entry.getKey()).getFileName());
      String name = file.getFileName().toString().replace(ENDING, "");
      series.add(new NabSeries(name, readings(file), windows(entry.getValue())));
    }
    return series;
  }

  private static List<Window> windows(JsonNode pairs) {
    List<Window> windows = new ArrayList<>();
    pairs.forEach(
        pair ->
            windows.add(new Window(millis(pair.path(0).asText()), millis(pair.path(1).asText()))));
    return windows;
  }

  private static List<Reading> readings(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Reading> readings = new ArrayList<>(lines.size());
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",");
      try {
        Double.parseDouble(cells[1]);
        readings.add(new Reading(millis(cells[0]), cells[1]));
      } catch (RuntimeException e) {
        throw new IOException("%s, line %d: %s".formatted(file, i + 1, lines.get(i)), e);
      }
    }
    return readings;
  }

  private static long millis(String text) {
    return Instant.parse(text.substring(0, SECONDS).replace(' ', 'T') + "Z").toEpochMilli();
  }
}
