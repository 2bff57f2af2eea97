// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import com.datadoghq.sketch.ddsketch.mapping.BitwiseLinearlyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import io.twinlog.domain.telemetry.Buckets;
import io.twinlog.domain.telemetry.Sketches;
import java.util.Arrays;

/**
 * DDSketch (C. Masson, J. Rim, H. Lee, VLDB 2019): buckets whose bounds grow by a constant factor.
 * The mapping that is used here takes a bucket from the bits of a double alone: no logarithm, whose
 * last digit may differ between machines.
 *
 * <p>The value at a rank is within {@link #RELATIVE_ERROR} of the true one, as long as it is not
 * more than some 65,000 times smaller than the largest of its sign; what is smaller counts as that
 * small.
 *
 * <p>The mapping is the library's. The counts are kept as {@link Buckets} has them, and added to
 * there: the library's stores come to the same, by way of an array over all buckets for each few
 * values.
 */
public final class DdSketches implements Sketches {
  /** Leading bits of a significand that tell buckets apart: 64 buckets between powers of two. */
  private static final int BITS = 6;

  /** Buckets of each sign: 16 powers of two. */
  public static final int BUCKETS_MAX = 1_024;

  /** Which bucket a value falls into. */
  public static final IndexMapping MAPPING = new BitwiseLinearlyInterpolatedMapping(BITS);

  /** Largest relative error of a percentile. */
  public static final double RELATIVE_ERROR = MAPPING.relativeAccuracy();

  @Override
  public Buckets with(Buckets buckets, double[] values) {
    double least = MAPPING.minIndexableValue();
    int[] below = new int[values.length];
    int[] above = new int[values.length];
    int belowCount = 0;
    int aboveCount = 0;
    for (double value : values) {
      if (value >= least) {
        above[aboveCount++] = MAPPING.index(value);
      } else if (value <= -least) {
        below[belowCount++] = MAPPING.index(-value);
      }
    }
    Side negative = new Side(buckets.negative(), buckets.negativeCounts()).with(below, belowCount);
    Side positive = new Side(buckets.positive(), buckets.positiveCounts()).with(above, aboveCount);
    return new Buckets(
        buckets.zeros() + values.length - belowCount - aboveCount,
        negative.indices,
        negative.counts,
        positive.indices,
        positive.counts);
  }

  /** The buckets of one sign, in order. */
  private record Side(int[] indices, long[] counts) {
    /** With the first {@code count} of these in it, which it sorts. */
    Side with(int[] added, int count) {
      if (count == 0) {
        return this;
      }
      Arrays.sort(added, 0, count);
      int[] all = new int[indices.length + count];
      long[] sums = new long[all.length];
      int size = 0;
      int old = 0;
      int next = 0;
      while (old < indices.length || next < count) {
        boolean takesOld = next == count || old < indices.length && indices[old] <= added[next];
        int index = takesOld ? indices[old] : added[next];
        if (size == 0 || all[size - 1] != index) {
          all[size++] = index;
        }
        sums[size - 1] += takesOld ? counts[old++] : 1;
        next += takesOld ? 0 : 1;
      }
      return folded(all, sums, size);
    }

    /** What lies too far below the highest bucket counts in the lowest that there may be. */
    private static Side folded(int[] all, long[] sums, int size) {
      int lowest = all[size - 1] - BUCKETS_MAX + 1;
      int from = 0;
      long fallen = 0;
      while (all[from] < lowest) {
        fallen += sums[from++];
      }
      if (fallen > 0 && all[from] == lowest) {
        sums[from] += fallen;
      } else if (fallen > 0) {
        all[--from] = lowest;
        sums[from] = fallen;
      }
      return from == 0 && size == all.length
          ? new Side(all, sums)
          : new Side(Arrays.copyOfRange(all, from, size), Arrays.copyOfRange(sums, from, size));
    }
  }

  @Override
  public double[] percentiles(Buckets buckets, double... ranks) {
    long count = buckets.zeros() + sum(buckets.negativeCounts()) + sum(buckets.positiveCounts());
    double[] found = new double[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      found[i] = at(ranks[i] * (count - 1), buckets);
    }
    return found;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** The value that so many others lie below. */
  private static double at(double rank, Buckets buckets) {
    long passed = 0;
    for (int i = buckets.negative().length - 1; i >= 0; i--) {
      passed += buckets.negativeCounts()[i];
      if (passed > rank) {
        return -MAPPING.value(buckets.negative()[i]);
      }
    }
    passed += buckets.zeros();
    if (passed > rank) {
      return 0;
    }
    for (int i = 0; i < buckets.positive().length; i++) {
      passed += buckets.positiveCounts()[i];
      if (passed > rank) {
        return MAPPING.value(buckets.positive()[i]);
      }
    }
    throw new IllegalArgumentException("no values, or a rank beyond 1");
  }
}
