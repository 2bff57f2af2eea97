// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A metric over time, what people say is wrong with it, and what was flagged. Draws nothing.
 *
 * @param title of the drawing
 * @param unit of the values; may be empty
 * @param points at least one; they are put in the order of their times, those of the same time stay
 *     in theirs
 * @param windows in which something is wrong
 */
public record Series(String title, String unit, List<Point> points, List<Window> windows) {
  /**
   * One value.
   *
   * @param at ms since 1970
   * @param value finite
   */
  public record Point(long at, double value, boolean flagged) {}

  /** From one moment to another, both within; ms since 1970. */
  public record Window(long from, long to) {
    boolean has(Point point) {
      return from <= point.at() && point.at() <= to;
    }
  }

  /** Refuses what cannot be drawn, and says which point it is. */
  public Series {
    points = points.stream().sorted(Comparator.comparingLong(Point::at)).toList();
    windows = List.copyOf(windows);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a series needs a point");
    }
    for (int i = 0; i < points.size(); i++) {
      if (!Double.isFinite(points.get(i).value())) {
        throw new IllegalArgumentException("point " + i + " is " + points.get(i).value());
      }
    }
  }

  long from() {
    return points.get(0).at();
  }

  long to() {
    return points.get(points.size() - 1).at();
  }

  List<Point> flagged() {
    return points.stream().filter(Point::flagged).toList();
  }

  boolean inAWindow(Point point) {
    return windows.stream().anyMatch(window -> window.has(point));
  }

  /**
   * Of each of so many equal parts of the time the first, lowest, highest and last point: their
   * line looks the same at that many pixels (M4: Jugel, Jerzak, Hackenbroich, Markl, VLDB 2014).
   */
  List<Point> thinned(int parts) {
    List<Point> kept = new ArrayList<>();
    int first = 0;
    while (first < points.size()) {
      int next = first + 1;
      while (next < points.size() && part(next, parts) == part(first, parts)) {
        next++;
      }
      keep(first, next, kept);
      first = next;
    }
    return kept;
  }

  private long part(int index, int parts) {
    double share = (double) (points.get(index).at() - from()) / Math.max(1, to() - from());
    return (long) (share * parts);
  }

  private void keep(int first, int next, List<Point> kept) {
    int low = first;
    int high = first;
    for (int i = first; i < next; i++) {
      low = points.get(i).value() < points.get(low).value() ? i : low;
      high = points.get(i).value() > points.get(high).value() ? i : high;
    }
    for (int i = first; i < next; i++) {
      if (i == first || i == low || i == high || i == next - 1) {
        kept.add(points.get(i));
      }
    }
  }
}
