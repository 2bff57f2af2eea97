// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.twinlog.benchmarks.plot.Series;
import io.twinlog.benchmarks.plot.Series.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How the flags of a series lie to its windows.
 *
 * @param windows in their order
 * @param outside values that are in no window
 * @param flagsOutside flags among them
 * @param spellsOutside these flags, those at most two hours apart taken for one
 * @param chance share of all places to which the flags could be shifted, in a circle, at which each
 *     window has one: what it is worth that they have
 */
@JsonPropertyOrder({"series", "met", "share_outside"})
public record NabFigures(
    @JsonProperty("series") String name,
    @JsonProperty("values") int values,
    @JsonProperty("windows") List<WindowFigures> windows,
    @JsonProperty("values_outside") int outside,
    @JsonProperty("flags_outside") int flagsOutside,
    @JsonProperty("spells_outside") int spellsOutside,
    @JsonProperty("all_windows_by_chance") double chance) {
  /** So much of what is outside may be flagged. */
  public static final double OUTSIDE_MAX = 0.01;

  private static final long SPELL_MILLIS = 2 * 3_600_000;
  private static final double HOUR = 3_600_000;

  public NabFigures {
    windows = List.copyOf(windows);
  }

  /**
   * One window.
   *
   * @param firstFlagHours from its beginning; NaN: it is missed
   * @param chance as that of the series, for this window alone
   */
  public record WindowFigures(
      @JsonProperty("from") String from,
      @JsonProperty("to") String to,
      @JsonProperty("values") int values,
      @JsonProperty("flags") int flags,
      @JsonProperty("first_flag_h") double firstFlagHours,
      @JsonProperty("by_chance") double chance) {}

  /** Of a series whose flags stand. */
  public static NabFigures of(Series series) {
    List<Point> points = series.points();
    List<int[]> spans = series.windows().stream().map(window -> span(window, points)).toList();
    Shifts shifts = new Shifts(points, spans);
    List<WindowFigures> windows = new ArrayList<>();
    for (int i = 0; i < spans.size(); i++) {
      windows.add(figures(series.windows().get(i), spans.get(i), points, shifts.share(i)));
    }
    List<Point> outside = points.stream().filter(point -> !isIn(point, series)).toList();
    List<Point> flagged = outside.stream().filter(Point::flagged).toList();
    return new NabFigures(
        series.title(),
        points.size(),
        windows,
        outside.size(),
        flagged.size(),
        spells(flagged),
        shifts.shareOfAll());
  }

  private static boolean isIn(Point point, Series series) {
    return series.windows().stream()
        .anyMatch(window -> window.from() <= point.at() && point.at() <= window.to());
  }

  /** Its first point, and the one after its last. */
  private static int[] span(Series.Window window, List<Point> points) {
    int from = (int) points.stream().filter(point -> point.at() < window.from()).count();
    int to = (int) points.stream().filter(point -> point.at() <= window.to()).count();
    return new int[] {from, to};
  }

  private static WindowFigures figures(
      Series.Window window, int[] span, List<Point> points, double chance) {
    List<Point> flagged = points.subList(span[0], span[1]).stream().filter(Point::flagged).toList();
    return new WindowFigures(
        Instant.ofEpochMilli(window.from()).toString(),
        Instant.ofEpochMilli(window.to()).toString(),
        span[1] - span[0],
        flagged.size(),
        flagged.isEmpty() ? Double.NaN : (flagged.get(0).at() - window.from()) / HOUR,
        chance);
  }

  private static int spells(List<Point> flagged) {
    int spells = 0;
    for (int i = 0; i < flagged.size(); i++) {
      spells += i == 0 || flagged.get(i).at() - flagged.get(i - 1).at() > SPELL_MILLIS ? 1 : 0;
    }
    return spells;
  }

  /** Windows without a flag. */
  public List<WindowFigures> missed() {
    return windows.stream().filter(window -> window.flags == 0).toList();
  }

  /** Share of the values outside that are flagged. */
  @JsonProperty("share_outside")
  public double shareOutside() {
    return outside == 0 ? 0 : (double) flagsOutside / outside;
  }

  /** Whether each window has a flag, and not too much else has one. */
  @JsonProperty("met")
  public boolean isMet() {
    return missed().isEmpty() && shareOutside() <= OUTSIDE_MAX;
  }
}
