// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

/** Percentiles from buckets. */
class LatenciesTest {
  @Test
  void isOffBySixPercentAtMost() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 10_000; millis++) {
      latencies.add(millis * 1_000_000L);
    }

    assertThat(latencies.millis(0.5)).isCloseTo(5_000, withPercentage(6.5));
    assertThat(latencies.millis(0.99)).isCloseTo(9_900, withPercentage(6.5));
    assertThat(latencies.maxMillis()).isEqualTo(10_000);
  }

  @Test
  void holdsTheShortestAndTheLongest() {
    Latencies latencies = new Latencies();
    latencies.add(-1);
    latencies.add(0);
    latencies.add(Long.MAX_VALUE);

    assertThat(latencies.millis(0.5)).isZero();
    assertThat(latencies.millis(1)).isPositive();
  }

  @Test
  void isNothingWhereNothingWas() {
    assertThat(new Latencies().millis(0.99)).isZero();
    assertThat(new Latencies().maxMillis()).isZero();
  }
}
