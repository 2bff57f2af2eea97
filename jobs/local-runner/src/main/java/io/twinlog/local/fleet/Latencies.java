// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Counts durations in buckets that are a sixteenth of their value wide, so that percentiles are off
 * by 6 % at most. For threads to share.
 */
final class Latencies {
  private static final int FINE_BITS = 4;
  private static final int FINE = 1 << FINE_BITS;

  private final AtomicLongArray buckets = new AtomicLongArray(64 * FINE);
  private final LongAccumulator max = new LongAccumulator(Math::max, 0);

  void add(long nanos) {
    long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    buckets.incrementAndGet(bucket(micros));
    max.accumulate(nanos);
  }

  private static int bucket(long micros) {
    if (micros < FINE) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - FINE_BITS;
    return (shift + 1) * FINE + (int) (micros >>> shift) - FINE;
  }

  /** The largest value of a bucket, in microseconds. */
  private static long most(int bucket) {
    if (bucket < FINE) {
      return bucket;
    }
    int shift = bucket / FINE - 1;
    return ((long) (bucket % FINE + FINE + 1) << shift) - 1;
  }

  /** What so large a part of the durations does not exceed, in milliseconds; 0: there are none. */
  double millis(double part) {
    long all = 0;
    for (int i = 0; i < buckets.length(); i++) {
      all += buckets.get(i);
    }
    long rank = (long) Math.ceil(part * all);
    long seen = 0;
    for (int i = 0; i < buckets.length() && rank > 0; i++) {
      seen += buckets.get(i);
      if (seen >= rank) {
        return Math.min(most(i) / 1e3, maxMillis());
      }
    }
    return 0;
  }

  double maxMillis() {
    return max.get() / 1e6;
  }
}
