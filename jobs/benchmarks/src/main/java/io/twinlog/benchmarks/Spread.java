// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** The least, the middle and the most of what was measured. It keeps no single value. */
record Spread(double min, double median, double max) {

  /**
   * Of an even number of values the median is the mean of the middle two.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, Arrays.stream(sorted).max().getAsDouble());
  }
}
