// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.benchmarks.plot.Series.Point;
import java.util.List;

/** How often windows would have a flag if all flags stood elsewhere, by the same steps. */
final class Shifts {
  private final int places;
  private final int[] hits;
  private int all;

  /**
   * Tries every place.
   *
   * @param spans of the windows: first point, and the one after the last
   */
  Shifts(List<Point> points, List<int[]> spans) {
    places = points.size();
    hits = new int[spans.size()];
    int[] before = flagsBefore(points);
    for (int shift = 0; shift < places; shift++) {
      int hit = 0;
      for (int window = 0; window < hits.length; window++) {
        if (flags(before, spans.get(window), shift) > 0) {
          hits[window]++;
          hit++;
        }
      }
      all += hit == hits.length ? 1 : 0;
    }
  }

  private static int[] flagsBefore(List<Point> points) {
    int[] before = new int[points.size() + 1];
    for (int i = 0; i < points.size(); i++) {
      before[i + 1] = before[i] + (points.get(i).flagged() ? 1 : 0);
    }
    return before;
  }

  /** Within a span that is moved on, in a circle. */
  private int flags(int[] before, int[] span, int shift) {
    int from = (span[0] + shift) % places;
    int length = span[1] - span[0];
    int to = from + length;
    return to <= places
        ? before[to] - before[from]
        : before[places] - before[from] + before[to - places];
  }

  double share(int window) {
    return (double) hits[window] / places;
  }

  double shareOfAll() {
    return (double) all / places;
  }
}
