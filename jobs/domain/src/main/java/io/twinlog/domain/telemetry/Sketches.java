// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * Percentiles from counts of buckets. The order in which values come makes no difference, and
 * nothing is drawn by lot: the same values give the same buckets on any machine.
 */
public interface Sketches {
  /** These buckets with more values. */
  Buckets with(Buckets buckets, double[] values);

  /**
   * The values at these ranks.
   *
   * @param ranks in [0, 1]
   */
  double[] percentiles(Buckets buckets, double... ranks);
}
