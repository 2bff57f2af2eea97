// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinlog.benchmarks.plot.Series;
import io.twinlog.benchmarks.plot.Series.Point;
import io.twinlog.benchmarks.plot.Series.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags against the windows of a series: the arithmetic, and the benchmark where it is there. */
class NabTest {
  private static final long HOUR = 3_600_000;
  private static final Path BESIDE =
      Path.of(System.getProperty("twinlog.root")).resolve("../shared/data/nab");

  @TempDir private Path directory;

  @Test
  void countsWithinEachWindowAndOutside() {
    NabFigures figures = NabFigures.of(series(List.of(window(10, 19), window(50, 59)), 12, 19, 80));

    assertThat(figures.windows()).extracting(NabFigures.WindowFigures::flags).containsExactly(2, 0);
    assertThat(figures.windows().get(0).firstFlagHours()).isEqualTo(2);
    assertThat(figures.windows().get(1).firstFlagHours()).isNaN();
    assertThat(figures.missed()).hasSize(1);
    assertThat(figures.outside()).isEqualTo(80);
    assertThat(figures.flagsOutside()).isEqualTo(1);
    assertThat(figures.shareOutside()).isEqualTo(1.0 / 80);
    assertThat(figures.isMet()).isFalse();
  }

  @Test
  void holdsFlagsThatAreShiftedAgainstTheSameWindows() {
    NabFigures figures = NabFigures.of(series(List.of(window(10, 19), window(50, 59)), 15));

    assertThat(figures.windows().get(0).chance()).isCloseTo(0.1, within(1e-12));
    assertThat(figures.chance()).as("one flag is never in two windows").isZero();
  }

  @Test
  void takesFlagsCloseToOneAnotherForOneSpell() {
    NabFigures figures = NabFigures.of(series(List.of(), 12, 13, 15, 18));

    assertThat(figures.spellsOutside()).isEqualTo(2);
    assertThat(figures.missed()).isEmpty();
  }

  @Test
  void readsSeriesAndWindowsAndFlagsWhatIsFarOff() throws IOException {
    write("made", 400, 300);

    NabSeries series = NabSeries.read(directory).get(0);
    NabFigures figures = NabFigures.of(NabTrial.of(series));

    assertThat(figures.name()).isEqualTo("made");
    assertThat(figures.values()).isEqualTo(400);
    assertThat(figures.isMet()).isTrue();
    assertThat(figures.windows().get(0).flags()).isEqualTo(1);
  }

  @Test
  void saysWhichLineIsNoReading() throws IOException {
    write("made", 10, 5);
    Files.writeString(directory.resolve("made.csv"), "timestamp,value\n2014-01-01 00:00:00,much\n");

    assertThatThrownBy(() -> NabSeries.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("much");
  }

  /** The series are no part of the project; {@code -Dtwinlog.nab=DIR} says where else they are. */
  @Test
  void theShippedRulesMeetTheCriterionOnEachSeriesThatIsThere() throws IOException {
    Path nab = Path.of(System.getProperty("twinlog.nab", BESIDE.toString()));
    assumeTrue(Files.exists(nab.resolve(NabSeries.WINDOWS)), "no windows.json in " + nab);

    for (NabSeries series : NabSeries.read(nab)) {
      NabFigures figures = NabFigures.of(NabTrial.of(series));

      assertThat(figures.missed()).as(series.name()).isEmpty();
      assertThat(figures.shareOutside())
          .as(series.name())
          .isLessThanOrEqualTo(NabFigures.OUTSIDE_MAX);
    }
  }

  /** A value an hour, 0 or 1 by turns, with one that is far off, in a window. */
  private void write(String name, int values, int far) throws IOException {
    StringBuilder lines = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < values; i++) {
      lines.append(at(i)).append(',').append(i == far ? 100 : i % 3 % 2).append('\n');
    }
    Files.writeString(directory.resolve(name + ".csv"), lines);
    Files.writeString(
        directory.resolve(NabSeries.WINDOWS),
        "{\"made/%s.csv\":[[\"%s.000000\",\"%s.000000\"]]}"
            .formatted(name, at(far - 2), at(far + 2)));
  }

  private static String at(int hour) {
    return "2014-01-%02d %02d:00:00".formatted(1 + hour / 24, hour % 24);
  }

  private static Window window(int from, int to) {
    return new Window(from * HOUR, to * HOUR);
  }

  /** A hundred values, one an hour. */
  private static Series series(List<Window> windows, Integer... flags) {
    List<Point> points = new ArrayList<>();
    for (int hour = 0; hour < 100; hour++) {
      points.add(new Point(hour * HOUR, 1, List.of(flags).contains(hour)));
    }
    return new Series("made", "", points, windows);
  }
}
