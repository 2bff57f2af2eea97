// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * What the values of a window come to.
 *
 * @param mean nearest double to the exact sum, divided by the count
 * @param stddev of the values themselves (population), from exact sums
 * @param p50 within the relative error of the sketch
 * @param last value of the newest event time
 */
public record Statistics(
    long count,
    double min,
    double max,
    double mean,
    double stddev,
    double p50,
    double p95,
    double p99,
    double last) {

  static Statistics of(Tally tally, Sketches sketches) {
    Tally all = tally.fold(sketches);
    double[] percentiles = sketches.percentiles(all.buckets(), 0.5, 0.95, 0.99);
    return new Statistics(
        all.folded(),
        all.min(),
        all.max(),
        all.sum().value() / all.folded(),
        Math.sqrt(variance(all.folded(), all.sum(), all.squares())),
        within(percentiles[0], all),
        within(percentiles[1], all),
        within(percentiles[2], all),
        all.last());
  }

  /** A bucket's middle can lie beyond the outermost value in it. */
  private static double within(double percentile, Tally all) {
    return Math.max(all.min(), Math.min(all.max(), percentile));
  }

  /** {@code (n·Σx² − (Σx)²) / n²}. The difference may be tiny against both: it is exact. */
  private static double variance(long count, ExactSum sum, ExactSum squares) {
    double spread = squares.times(count).minusSquareOf(sum).value();
    return Math.max(0, spread) / ((double) count * count);
  }
}
