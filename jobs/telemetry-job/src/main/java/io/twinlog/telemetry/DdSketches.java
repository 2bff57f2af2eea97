// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.BitwiseLinearlyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import io.twinlog.domain.telemetry.Buckets;
import io.twinlog.domain.telemetry.Sketches;
import java.util.Iterator;

/**
 * DDSketch (C. Masson, J. Rim, H. Lee, VLDB 2019): buckets whose bounds grow by a constant factor.
 * The mapping that is used here takes a bucket from the bits of a double alone: no logarithm, whose
 * last digit may differ between machines.
 *
 * <p>The value at a rank is within {@link #RELATIVE_ERROR} of the true one, as long as it is not
 * more than some 65,000 times smaller than the largest of its sign; what is smaller counts as that
 * small.
 */
public final class DdSketches implements Sketches {
  /** Leading bits of a significand that tell buckets apart: 64 buckets between powers of two. */
  private static final int BITS = 6;

  /** Buckets of each sign: 16 powers of two. */
  private static final int BUCKETS_MAX = 1_024;

  /** Which bucket a value falls into. */
  public static final IndexMapping MAPPING = new BitwiseLinearlyInterpolatedMapping(BITS);

  /** Largest relative error of a percentile. */
  public static final double RELATIVE_ERROR = MAPPING.relativeAccuracy();

  @Override
  public Buckets with(Buckets buckets, double[] values) {
    Store negative = store(buckets.negative(), buckets.negativeCounts());
    Store positive = store(buckets.positive(), buckets.positiveCounts());
    double least = MAPPING.minIndexableValue();
    long zeros = buckets.zeros();
    for (double value : values) {
      if (value >= least) {
        positive.add(MAPPING.index(value));
      } else if (value <= -least) {
        negative.add(MAPPING.index(-value));
      } else {
        zeros++;
      }
    }
    int[] below = indices(negative);
    int[] above = indices(positive);
    return new Buckets(zeros, below, counts(negative, below), above, counts(positive, above));
  }

  /** No values yet, of one sign. */
  public static Store store() {
    return new CollapsingLowestDenseStore(BUCKETS_MAX);
  }

  private static Store store(int[] indices, long[] counts) {
    Store store = store();
    for (int i = 0; i < indices.length; i++) {
      store.add(indices[i], counts[i]);
    }
    return store;
  }

  private static int[] indices(Store store) {
    int[] indices = new int[BUCKETS_MAX];
    int count = 0;
    for (Iterator<Bin> bins = store.getAscendingIterator(); bins.hasNext(); ) {
      indices[count++] = bins.next().getIndex();
    }
    return java.util.Arrays.copyOf(indices, count);
  }

  private static long[] counts(Store store, int[] indices) {
    long[] counts = new long[indices.length];
    Iterator<Bin> bins = store.getAscendingIterator();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) bins.next().getCount();
    }
    return counts;
  }

  @Override
  public double[] percentiles(Buckets buckets, double... ranks) {
    return DDSketch.of(
            MAPPING,
            store(buckets.negative(), buckets.negativeCounts()),
            store(buckets.positive(), buckets.positiveCounts()),
            buckets.zeros())
        .getValuesAtQuantiles(ranks);
  }
}
