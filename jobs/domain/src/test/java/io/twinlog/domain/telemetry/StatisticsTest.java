// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Sketches SKETCHES = new TestingSketches();
  private static final MathContext DIGITS = new MathContext(60);

  private static Statistics of(double... values) {
    Tally tally = Tally.NONE;
    for (int i = 0; i < values.length; i++) {
      tally = tally.with(values[i], i, SKETCHES);
    }
    return Statistics.of(tally, SKETCHES);
  }

  private static double deviation(double[] values) {
    BigDecimal count = BigDecimal.valueOf(values.length);
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal off = new BigDecimal(value).subtract(sum.divide(count, DIGITS));
      squares = squares.add(off.multiply(off));
    }
    return Math.sqrt(squares.divide(count, DIGITS).doubleValue());
  }

  @Test
  void areThoseOfTheTextbook() {
    assertThat(of(2, 4, 4, 4, 5, 5, 7, 9)).isEqualTo(new Statistics(8, 2, 9, 5, 2, 4, 7, 7, 9));
    assertThat(of(21.5)).isEqualTo(new Statistics(1, 21.5, 21.5, 21.5, 0, 21.5, 21.5, 21.5, 21.5));
    assertThat(of(-1.5, 1.5, 0))
        .isEqualTo(new Statistics(3, -1.5, 1.5, 0, Math.sqrt(1.5), 0, 0, 0, 0));
  }

  @Test
  void doNotDependOnTheOrderOfTheValues() {
    Random random = new Random(1);
    for (int run = 0; run < 15; run++) {
      double[] values = new double[1 + random.nextInt(90)];
      Arrays.setAll(values, i -> Math.rint(random.nextGaussian() * 1_000) / 100);
      Tally forth = Tally.NONE;
      Tally back = Tally.NONE;
      for (int i = 0; i < values.length; i++) {
        forth = forth.with(values[i], i, SKETCHES);
        int last = values.length - 1 - i;
        back = back.with(values[last], last, SKETCHES);
      }

      assertThat(Statistics.of(back, SKETCHES)).isEqualTo(Statistics.of(forth, SKETCHES));
      assertThat(forth.count()).isEqualTo(values.length);
      assertThat(Statistics.of(forth, SKETCHES).stddev())
          .isCloseTo(deviation(values), within(1e-13));
    }
  }

  @Test
  void findASmallDeviationBesideALargeMean() {
    double[] values = new double[300];
    Random random = new Random(2);
    Arrays.setAll(values, i -> 1e12 + random.nextGaussian() * 1e-3);
    double exact = deviation(values);

    assertThat(of(values).stddev()).isCloseTo(exact, within(exact * 1e-15));
    assertThat(of(1e9, 1e9, 1e9).stddev()).isZero();
    assertThat(of(0.1, 0.1, 0.1).stddev()).isZero();
  }

  @Test
  void areFiniteForTheLargestAndTheSmallestNumbers() {
    Statistics largest = of(1e100, -1e100, 1e100);
    assertThat(largest.mean()).isEqualTo(1e100 / 3);
    assertThat(largest.stddev()).isCloseTo(1e100 * Math.sqrt(8) / 3, within(1e86));

    Statistics smallest = of(Double.MIN_VALUE, -Double.MIN_VALUE, 3 * Double.MIN_VALUE);
    assertThat(smallest.mean()).isEqualTo(Double.MIN_VALUE);
    assertThat(smallest.stddev()).isZero();
  }

  @Test
  void theLastIsThatOfTheNewestTimeAndOfTwoTheOneThatCameLater() {
    Tally tally = Tally.NONE.with(1, 50, SKETCHES).with(2, 90, SKETCHES).with(3, 60, SKETCHES);
    assertThat(Statistics.of(tally, SKETCHES).last()).isEqualTo(2);
    assertThat(Statistics.of(tally.with(4, 90, SKETCHES), SKETCHES).last()).isEqualTo(4);
  }
}
