// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  /** Doubles that do not overlap, from 1e200 down to the smallest: 53 bits each. */
  private static final int PARTS_MAX = (665 + 1_074) / 53 + 2;

  private static BigDecimal exactly(double[] values, boolean squared) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(squared ? exact.multiply(exact) : exact);
    }
    return sum;
  }

  private static double[] shuffled(double[] values, Random random) {
    double[] other = values.clone();
    for (int i = other.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double swapped = other[i];
      other[i] = other[j];
      other[j] = swapped;
    }
    return other;
  }

  private static double[] draw(Random random, int exponents) {
    double[] values = new double[1 + random.nextInt(60)];
    for (int i = 0; i < values.length; i++) {
      double wide = Math.pow(10, random.nextInt(2 * exponents + 1) - exponents);
      values[i] = random.nextInt(10) == 0 && i > 0 ? -values[i - 1] : random.nextGaussian() * wide;
    }
    return values;
  }

  @Test
  void isTheNearestDoubleToTheExactSumInAnyOrder() {
    Random random = new Random(1);
    for (int run = 0; run < 60; run++) {
      double[] values = draw(random, run % 3 == 0 ? 99 : 3);
      double exact = exactly(values, false).doubleValue();

      assertThat(ExactSum.ZERO.plus(values, false).value()).isEqualTo(exact);
      assertThat(ExactSum.ZERO.plus(shuffled(values, random), false).value()).isEqualTo(exact);
    }
  }

  @Test
  void keepsTheSumOfSquaresWithoutLoss() {
    Random random = new Random(2);
    for (int run = 0; run < 60; run++) {
      // Down to 1e-140: below it a square has no 106 bits left.
      double[] values = draw(random, 60);
      BigDecimal exact = exactly(values, true);
      ExactSum sum = ExactSum.ZERO.plus(shuffled(values, random), true);

      assertThat(sum.value()).isEqualTo(exact.doubleValue());
      assertThat(exactly(sum.parts(), false)).isEqualByComparingTo(exact);
      assertThat(exactly(sum.times(1_001).parts(), false))
          .isEqualByComparingTo(exact.multiply(BigDecimal.valueOf(1_001)));
    }
  }

  @Test
  void takesOneRoadWhereThreeDoublesAreEnoughAndAnotherWhereNot() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      double[] measured = new double[16];
      for (int i = 0; i < measured.length; i++) {
        measured[i] = Math.rint(random.nextGaussian() * 10_000) / 100;
      }
      // From here on no three doubles hold it.
      double[] wide = {1e90, 1e-40, -3e25, 7e-90};
      ExactSum narrow = ExactSum.ZERO.plus(measured, true);
      ExactSum both = narrow.plus(wide, true).plus(measured, true);

      BigDecimal squares = exactly(measured, true);
      assertThat(narrow.parts()).hasSizeLessThanOrEqualTo(3);
      assertThat(exactly(narrow.parts(), false)).isEqualByComparingTo(squares);
      assertThat(both.parts()).hasSizeGreaterThan(3);
      assertThat(exactly(both.parts(), false))
          .isEqualByComparingTo(squares.add(squares).add(exactly(wide, true)));
    }
  }

  @Test
  void subtractsASquareWithoutLoss() {
    Random random = new Random(6);
    for (int run = 0; run < 60; run++) {
      double[] values = draw(random, run % 2 == 0 ? 2 : 40);
      ExactSum sum = ExactSum.ZERO.plus(values, false);
      ExactSum squares = ExactSum.ZERO.plus(values, true);
      BigDecimal exactSum = exactly(values, false);

      assertThat(exactly(squares.times(values.length).minusSquareOf(sum).parts(), false))
          .isEqualByComparingTo(
              exactly(values, true)
                  .multiply(BigDecimal.valueOf(values.length))
                  .subtract(exactSum.multiply(exactSum)));
    }
  }

  @Test
  void goesOnWhereItWasKept() {
    Random random = new Random(3);
    double[] values = draw(random, 99);
    ExactSum whole = ExactSum.ZERO.plus(values, false);
    ExactSum sum = ExactSum.ZERO;
    for (double value : values) {
      sum = ExactSum.of(sum.parts().clone()).plus(new double[] {value}, false);
    }

    assertThat(sum.value()).isEqualTo(whole.value());
    assertThat(exactly(sum.parts(), false)).isEqualByComparingTo(exactly(values, false));
  }

  @Test
  void roundsHalvesByWhatLiesBelow() {
    double half = Math.ulp(1.0) / 2;

    assertThat(ExactSum.ZERO.plus(new double[] {1, half}, false).value()).isEqualTo(1);
    assertThat(ExactSum.ZERO.plus(new double[] {1, half, 1e-40}, false).value())
        .isEqualTo(Math.nextUp(1.0));
    assertThat(ExactSum.ZERO.plus(new double[] {1, half, -1e-40}, false).value()).isEqualTo(1);
    assertThat(ExactSum.ZERO.plus(new double[] {1e100, 1, -1e100}, false).value()).isEqualTo(1);
    assertThat(ExactSum.ZERO.plus(new double[] {0.1, -0.1}, false)).isEqualTo(ExactSum.ZERO);
  }

  @Test
  void hasFewPartsHoweverWideTheValuesAre() {
    Random random = new Random(4);
    ExactSum sum = ExactSum.ZERO;
    ExactSum squares = ExactSum.ZERO;
    int parts = 0;
    for (int i = 0; i < 2_000; i++) {
      double[] value = {random.nextGaussian() * Math.pow(10, random.nextInt(400) - 301)};
      sum = sum.plus(value, false);
      squares = squares.plus(value, true);
      parts = Math.max(parts, Math.max(sum.parts().length, squares.parts().length));
    }

    assertThat(parts).isBetween(10, PARTS_MAX);
  }
}
