// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * How many values fell into each bucket of a sketch; what a bucket is, {@link Sketches} knows.
 * Immutable; indices ascend, and no count is 0.
 *
 * @param zeros values too near to zero for a bucket
 * @param negative indices of the buckets of the negative ones' magnitudes
 */
public record Buckets(
    long zeros, int[] negative, long[] negativeCounts, int[] positive, long[] positiveCounts) {
  private static final int[] NO_INDICES = {};
  private static final long[] NO_COUNTS = {};

  public static final Buckets EMPTY = new Buckets(0, NO_INDICES, NO_COUNTS, NO_INDICES, NO_COUNTS);

  /** Number of buckets that hold something. */
  int size() {
    return negative.length + positive.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets buckets
        && zeros == buckets.zeros
        && Arrays.equals(negative, buckets.negative)
        && Arrays.equals(negativeCounts, buckets.negativeCounts)
        && Arrays.equals(positive, buckets.positive)
        && Arrays.equals(positiveCounts, buckets.positiveCounts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positive) * 31 + Arrays.hashCode(negative);
  }
}
