// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.domain.telemetry.Buckets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DdSketchesTest {
  private static final double[] RANKS = {0, 0.01, 0.5, 0.95, 0.99, 1};

  private final DdSketches sketches = new DdSketches();

  private static double[] draw(Random random, int count) {
    double[] values = new double[count];
    double scale = Math.pow(10, random.nextInt(40) - 20);
    Arrays.setAll(
        values,
        i -> random.nextInt(9) == 0 ? 0 : scale * (random.nextGaussian() + random.nextInt(3)));
    return values;
  }

  private Buckets oneByOne(double[] values) {
    Buckets buckets = Buckets.EMPTY;
    for (double value : values) {
      buckets = sketches.with(buckets, new double[] {value});
    }
    return buckets;
  }

  @Test
  void areWithinTheirErrorOfTheValueAtTheRank() {
    Random random = new Random(1);
    for (int run = 0; run < 40; run++) {
      double[] values = draw(random, 1 + random.nextInt(300));
      double[] found = sketches.percentiles(sketches.with(Buckets.EMPTY, values), RANKS);

      Arrays.sort(values);
      double largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
      for (int i = 0; i < RANKS.length; i++) {
        double exact = values[(int) (RANKS[i] * (values.length - 1))];
        // What is 65,000 times smaller than the largest counts as that small.
        double error = Math.max(DdSketches.RELATIVE_ERROR * Math.abs(exact), largest / 65_000);
        assertThat(found[i]).isCloseTo(exact, within(error * (1 + 1e-9)));
      }
    }
  }

  @Test
  void areTheSameInWhateverOrderAndPortionsTheValuesCome() {
    Random random = new Random(2);
    for (int run = 0; run < 20; run++) {
      double[] values = draw(random, 60);
      // So wide that the smallest buckets are folded into one.
      Arrays.setAll(values, i -> values[i] * Math.pow(2, random.nextInt(60)));
      Buckets all = sketches.with(Buckets.EMPTY, values);
      double[] sorted = values.clone();
      Arrays.sort(sorted);

      assertThat(oneByOne(values)).isEqualTo(all);
      assertThat(oneByOne(sorted)).isEqualTo(all);
    }
  }

  @Test
  void takeAnyNumberThatCounts() {
    double[] values = {
      0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e-308, -1e-300, 1e100, -1e100, 1
    };
    Buckets buckets = sketches.with(Buckets.EMPTY, values);

    assertThat(sketches.percentiles(buckets, 0, 1))
        .satisfies(found -> assertThat(found[0]).isCloseTo(-1e100, within(1e98)))
        .satisfies(found -> assertThat(found[1]).isCloseTo(1e100, within(1e98)));
    assertThat(buckets.negative().length + buckets.positive().length).isLessThan(8);
  }
}
