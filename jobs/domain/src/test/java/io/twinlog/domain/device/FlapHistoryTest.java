// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import org.junit.jupiter.api.Test;

/** The arithmetic of flapping, at its thresholds. The newest step is the lowest bit. */
class FlapHistoryTest {
  private static final long MINUTE = 60_000;
  private static final long CLOCK = 1_000_000;

  private static FlapHistory steps(int bits) {
    return new FlapHistory(bits, CLOCK);
  }

  private static FlapHistory transitionsInARow(int count) {
    FlapHistory history = FlapHistory.CALM;
    for (int i = 0; i < count; i++) {
      history = history.transition(CLOCK, MINUTE);
    }
    return history;
  }

  @Test
  void weighsTheNewestByFiveAndTheOldestByThreeQuarters() {
    assertThat(steps(1).percentAt(CLOCK, MINUTE)).as("1.25 of 21").isEqualTo(5);
    assertThat(steps(1 << 20).percentAt(CLOCK, MINUTE)).as("0.75 of 21").isEqualTo(3);
    assertThat(steps((1 << 21) - 1).percentAt(CLOCK, MINUTE)).isEqualTo(100);
    assertThat(FlapHistory.CALM.percentAt(CLOCK, MINUTE)).isZero();
  }

  @Test
  void flapsByTheTenthTransitionInARow() {
    assertThat(transitionsInARow(9).flaps()).isFalse();
    assertThat(transitionsInARow(9).percentAt(CLOCK, MINUTE)).isEqualTo(49);
    assertThat(transitionsInARow(10).flaps()).isTrue();
    assertThat(transitionsInARow(10).percentAt(CLOCK, MINUTE)).isEqualTo(54);
  }

  @Test
  void doesNotFlapAtExactlyHalf() {
    // Steps 3 to 7 and 9 to 13: ten with a mean weight of 1.05, half of 21.
    FlapHistory half = steps(0b11_1110_1111_1000);

    assertThat(half.percentAt(CLOCK, MINUTE)).isEqualTo(50);
    assertThat(half.flaps()).isFalse();
    // The same, with step 3 moved to step 2: 0.025 more.
    assertThat(steps(0b11_1110_1111_0100).flaps()).isTrue();
  }

  @Test
  void isNotCalmAtExactlyAQuarter() {
    // Steps 6 to 10: five with a mean weight of 1.05, a quarter of 21. One interval later: less.
    FlapHistory quarter = steps(0b111_1100_0000);

    assertThat(quarter.percentAt(CLOCK, MINUTE)).isEqualTo(25);
    assertThat(quarter.calmAt(MINUTE)).isEqualTo(CLOCK + MINUTE);
    assertThat(steps(0b1111_1000_0000).calmAt(MINUTE)).isEqualTo(CLOCK);
  }

  @Test
  void calmsByIntervalsWithoutATransition() {
    FlapHistory flapping = transitionsInARow(10);

    assertThat(flapping.calmAt(MINUTE)).isEqualTo(CLOCK + 15 * MINUTE);
    assertThat(flapping.percentAt(CLOCK + 14 * MINUTE, MINUTE)).isEqualTo(27);
    assertThat(flapping.percentAt(CLOCK + 15 * MINUTE - 1, MINUTE)).isEqualTo(27);
    assertThat(flapping.percentAt(CLOCK + 15 * MINUTE, MINUTE)).isEqualTo(23);
  }

  @Test
  void isCalmAfterTwentyOneIntervalsAtTheLatest() {
    FlapHistory worst = transitionsInARow(50);

    assertThat(worst.percentAt(CLOCK, MINUTE)).isEqualTo(100);
    assertThat(worst.calmAt(MINUTE)).isLessThanOrEqualTo(CLOCK + 21 * MINUTE);
    assertThat(worst.percentAt(CLOCK + 21 * MINUTE, MINUTE)).isZero();
    assertThat(worst.percentAt(CLOCK + 40 * MINUTE, MINUTE)).isZero();
    assertThat(worst.percentAt(Aggregate.NEVER, MINUTE)).isZero();
  }

  @Test
  void keepsTheCalmBetweenTwoTransitions() {
    FlapHistory history = steps(1).transition(CLOCK + 3 * MINUTE, MINUTE);

    assertThat(history).isEqualTo(new FlapHistory(0b10001, CLOCK + 3 * MINUTE));
  }

  @Test
  void countsATransitionOfAnEarlierClockAsOneOfNow() {
    assertThat(steps(1).transition(CLOCK - 5 * MINUTE, MINUTE).bits()).isEqualTo(0b11);
  }
}
