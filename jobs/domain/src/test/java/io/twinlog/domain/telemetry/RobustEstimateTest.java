// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the estimate follows, and what it does not: by the rules as they are shipped. */
class RobustEstimateTest {
  private static final Check.Outlier SHIPPED =
      QualityRules.DEFAULT.everyMetric().checks().stream()
          .filter(Check.Outlier.class::isInstance)
          .map(Check.Outlier.class::cast)
          .findFirst()
          .orElseThrow();

  private final Random random = new Random(5);

  @Test
  void estimatesNormalValuesAroundTheirMeanWithTheirDeviation() {
    double[] levels = new double[5_000];
    double[] scales = new double[5_000];
    RobustEstimate estimate = after(1_000, i -> 20 + random.nextGaussian());
    for (int i = 0; i < levels.length; i++) {
      estimate = estimate.with(20 + random.nextGaussian());
      levels[i] = estimate.level();
      scales[i] = estimate.scale();
    }

    // The level strays itself, with the variance 0.4 / (2 - 0.4) of that of the values.
    assertThat(Arrays.stream(levels).average()).hasValueCloseTo(20.0, within(0.05));
    assertThat(Arrays.stream(scales).average()).hasValueCloseTo(Math.sqrt(1.25), within(0.1));
  }

  @Test
  void isNotMovedByAFewWildValues() {
    RobustEstimate before = after(500, i -> 20 + random.nextGaussian());
    RobustEstimate estimate = before;
    for (int i = 0; i < 3; i++) {
      estimate = estimate.with(1e9);
    }

    assertThat(estimate.level()).isCloseTo(before.level(), within(5 * before.scale()));
    assertThat(estimate.scale()).isBetween(before.scale(), 1.2 * before.scale());
    assertThat(flagged(estimate, 1e9)).isTrue();
  }

  @Test
  void forgetsAWildBeginning() {
    RobustEstimate estimate = RobustEstimate.NONE.with(0).with(-999);
    for (int i = 0; i < 200; i++) {
      estimate = estimate.with(20 + 0.3 * random.nextGaussian());
    }

    assertThat(flagged(estimate, 30)).isTrue();
    assertThat(flagged(estimate, 20.5)).isFalse();
  }

  @Test
  void findsRareSpikesOfTenDeviations() {
    RobustEstimate estimate = after(500, i -> 20 + random.nextGaussian());
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      double value = 20 + random.nextGaussian() + (i % 500 == 0 ? 10 : 0);
      found += i % 500 == 0 && flagged(estimate, value) ? 1 : 0;
      estimate = estimate.with(value);
    }

    assertThat(found).isGreaterThanOrEqualTo(98);
  }

  @Test
  void takesForAHabitWhatAMetricDoesOften() {
    IntToDoubleFunction cycles = i -> 20 + i / 50 % 2 * 10 + 0.5 * random.nextGaussian();
    IntToDoubleFunction ramps = i -> i % 100 + 0.1 * random.nextGaussian();
    IntToDoubleFunction bursts = i -> StrictMath.exp(random.nextGaussian());
    for (IntToDoubleFunction habit : List.of(cycles, ramps, bursts)) {
      assertThat(flags(40_000, habit)).isBetween(40, 40_000 / 195 + 100);
    }
  }

  @Test
  void seesNoHabitsInTheBeginning() {
    assertThat(after(31, i -> i % 10 == 9 ? 1_000 : i % 2).stretch()).isEqualTo(1);
    assertThat(after(60, i -> i < 40 ? i % 2 : 1e6).stretch()).isGreaterThan(1);
  }

  @Test
  void forgetsAHabitThatIsGone() {
    RobustEstimate estimate = after(5_000, i -> i / 50 % 2 * 100 + random.nextGaussian());
    assertThat(flagged(estimate, estimate.level() + 40)).isFalse();
    for (int i = 0; i < 15_000; i++) {
      estimate = estimate.with(random.nextGaussian());
    }

    assertThat(estimate.stretch()).isLessThan(1.1);
    assertThat(flagged(estimate, 10)).isTrue();
  }

  @Test
  void isSilentOnNormalValuesWalksAndDays() {
    double[] walk = new double[1];
    assertThat(flags(20_000, i -> random.nextGaussian())).isLessThan(3);
    assertThat(flags(20_000, i -> walk[0] += random.nextGaussian())).isLessThan(5);
    assertThat(
            flags(
                20_000,
                i -> 10 * StrictMath.sin(2 * StrictMath.PI * i / 288) + random.nextGaussian()))
        .isLessThan(3);
  }

  @Test
  void isSilentOnAConstant() {
    RobustEstimate estimate = after(5_000, i -> 45);

    assertThat(estimate).isEqualTo(new RobustEstimate(1, 0, 45, 0, 1, 45));
    assertThat(estimate.deviations(45)).isZero();
    assertThat(estimate.deviations(46)).isZero();
  }

  @Test
  void isSilentOnAConstantThatJumpsOnce() {
    assertThat(flags(1_000, i -> i < 500 ? 45 : 50)).isZero();
  }

  @Test
  void isSilentOnCoarseStepsAndSwitches() {
    double[] walk = new double[1];
    assertThat(flags(20_000, i -> random.nextInt(50) == 0 ? 1 : 0)).isZero();
    assertThat(flags(20_000, i -> i / 40 % 2)).isZero();
    assertThat(flags(20_000, i -> Math.rint((walk[0] += 0.01 * random.nextGaussian()) * 10) / 10))
        .isZero();
  }

  @Test
  void isSilentOnTheNoiseOfFloatingPoint() {
    assertThat(flags(1_000, i -> 0.1 * (i % 3 == 0 ? 3 : 1) / (i % 3 == 0 ? 3 : 1))).isZero();
    assertThat(flags(1_000, i -> i % 200 == 199 ? 20.0001f : 20 + (i % 2) * 2e-6f)).isZero();
  }

  @Test
  void isSilentOnACounter() {
    double[] count = new double[1];
    assertThat(flags(20_000, i -> count[0] += random.nextInt(10))).isZero();
  }

  @Test
  void adaptsToALevelShift() {
    for (double shift : new double[] {10, 1e3, 1e9, -1e300}) {
      RobustEstimate estimate = after(500, i -> 20 + random.nextGaussian());
      int flagged = 0;
      for (int i = 0; i < 200; i++) {
        double value = 20 + shift + random.nextGaussian();
        flagged += flagged(estimate, value) ? 1 : 0;
        estimate = estimate.with(value);
      }

      assertThat(flagged).as("of a shift by " + shift).isBetween(1, RobustEstimate.FAR_MAX);
      assertThat(estimate.level()).isCloseTo(20 + shift, within(5.0));
    }
  }

  @Test
  void adaptsToMoreNoise() {
    RobustEstimate estimate = after(500, i -> random.nextGaussian());
    int flagged = 0;
    for (int i = 0; i < 1_000; i++) {
      double value = 1e6 * random.nextGaussian();
      flagged += flagged(estimate, value) ? 1 : 0;
      estimate = estimate.with(value);
    }

    assertThat(flagged).isBetween(1, 3 * RobustEstimate.FAR_MAX);
  }

  @Test
  void staysFiniteWhateverItIsGiven() {
    double[] extremes = {0, -0.0, Double.MIN_VALUE, 1e-300, 1, 1e300, Double.MAX_VALUE};
    RobustEstimate estimate = RobustEstimate.NONE;
    for (int i = 0; i < 20_000; i++) {
      double value = extremes[random.nextInt(extremes.length)];
      estimate = estimate.with(random.nextBoolean() ? value : -value);
      assertThat(Double.isFinite(estimate.level()) && Double.isFinite(estimate.scale())).isTrue();
      assertThat(estimate.deviations(1)).isNotNaN();
    }
  }

  @Test
  void staysFiniteBetweenTheFurthestValues() {
    RobustEstimate estimate = RobustEstimate.NONE.with(-Double.MAX_VALUE).with(Double.MAX_VALUE);

    assertThat(estimate.level()).isFinite();
    assertThat(estimate.scale()).isEqualTo(Double.MAX_VALUE);
    assertThat(estimate.deviations(0)).isLessThan(1);
  }

  @Test
  void takesAStateWithoutAStretchForOneThatHasNone() {
    assertThat(new RobustEstimate(40, 0, 20, 1, 0, 20).deviations(26)).isEqualTo(6);
  }

  @Test
  void judgesNothingBeforeItHasSeenEnough() {
    int shown = SHIPPED.valuesMin() - 1;

    assertThat(flagged(after(shown, i -> i % 2), 1e6)).isFalse();
    assertThat(flagged(after(shown + 1, i -> i % 2), 1e6)).isTrue();
  }

  @Test
  void givesTheSameForTheSameInTheSameOrder() {
    double[] values = random.doubles(1_000).toArray();
    RobustEstimate first = after(1_000, i -> values[i]);

    assertThat(after(1_000, i -> values[i])).isEqualTo(first);
    assertThat(after(1_000, i -> values[999 - i])).isNotEqualTo(first);
  }

  private static RobustEstimate after(int count, IntToDoubleFunction values) {
    RobustEstimate estimate = RobustEstimate.NONE;
    for (double value : IntStream.range(0, count).mapToDouble(values).toArray()) {
      estimate = estimate.with(value);
    }
    return estimate;
  }

  private static int flags(int count, IntToDoubleFunction values) {
    RobustEstimate estimate = RobustEstimate.NONE;
    int flags = 0;
    for (double value : IntStream.range(0, count).mapToDouble(values).toArray()) {
      flags += flagged(estimate, value) ? 1 : 0;
      estimate = estimate.with(value);
    }
    return flags;
  }

  private static boolean flagged(RobustEstimate estimate, double value) {
    return estimate.values() >= SHIPPED.valuesMin()
        && estimate.deviations(value) > SHIPPED.deviations();
  }
}
