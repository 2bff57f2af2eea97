// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Map;
import java.util.TreeMap;

/** Percentiles without an error, of values of two decimals: a bucket is a hundredth. */
final class TestingSketches implements Sketches {
  private static final double UNITS = 100;

  @Override
  public Buckets with(Buckets buckets, double[] values) {
    TreeMap<Integer, Long> negative = map(buckets.negative(), buckets.negativeCounts());
    TreeMap<Integer, Long> positive = map(buckets.positive(), buckets.positiveCounts());
    long zeros = buckets.zeros();
    for (double value : values) {
      int index = (int) Math.rint(Math.abs(value) * UNITS);
      if (index == 0) {
        zeros++;
      } else {
        (value < 0 ? negative : positive).merge(index, 1L, Long::sum);
      }
    }
    return new Buckets(
        zeros, indices(negative), counts(negative), indices(positive), counts(positive));
  }

  private static TreeMap<Integer, Long> map(int[] indices, long[] counts) {
    TreeMap<Integer, Long> map = new TreeMap<>();
    for (int i = 0; i < indices.length; i++) {
      map.put(indices[i], counts[i]);
    }
    return map;
  }

  private static int[] indices(Map<Integer, Long> map) {
    return map.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  private static long[] counts(Map<Integer, Long> map) {
    return map.values().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public double[] percentiles(Buckets buckets, double... ranks) {
    TreeMap<Integer, Long> all = map(buckets.positive(), buckets.positiveCounts());
    all.put(0, buckets.zeros());
    map(buckets.negative(), buckets.negativeCounts()).forEach((at, count) -> all.put(-at, count));
    long values = all.values().stream().mapToLong(Long::longValue).sum();
    double[] found = new double[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      long left = (long) (ranks[i] * (values - 1));
      for (Map.Entry<Integer, Long> bucket : all.entrySet()) {
        left -= bucket.getValue();
        if (left < 0) {
          found[i] = bucket.getKey() / UNITS;
          break;
        }
      }
    }
    return found;
  }
}
