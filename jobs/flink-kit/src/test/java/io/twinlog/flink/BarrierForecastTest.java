// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarrierForecastTest {
  private static final long INTERVAL = 10_000;

  private long now = 5_000_000;
  private final BarrierForecast forecast = new BarrierForecast(INTERVAL, () -> now);

  /** So many inputs, evenly over so many milliseconds. */
  private void inputs(int count, long millis) {
    long begin = now;
    for (int i = 1; i <= count; i++) {
      now = begin + millis * i / count;
      forecast.input();
    }
  }

  @Test
  void knowsNothingBeforeTheFirstInputs() {
    assertThat(forecast.inputsLeft()).isEqualTo(BarrierForecast.UNKNOWN);
  }

  @Test
  void expectsTheRestOfTheIntervalAtThePaceSoFar() {
    inputs(640, 2_500);

    assertThat(forecast.inputsLeft()).isEqualTo(3 * 640);
  }

  @Test
  void expectsABarrierThatIsOverdueAtAnyTime() {
    inputs(640, INTERVAL + 1);

    assertThat(forecast.inputsLeft()).isZero();
  }

  @Test
  void beginsAnewAtABarrierHoweverEarlyItComes() {
    inputs(640, 1_000);
    forecast.barrier();
    assertThat(forecast.inputsLeft()).isEqualTo(BarrierForecast.UNKNOWN);

    inputs(640, 5_000);
    assertThat(forecast.inputsLeft()).isEqualTo(640);
  }

  @Test
  void learnsThatCheckpointsTakeLongerThanTheirInterval() {
    inputs(640, 3 * INTERVAL);
    forecast.barrier();
    inputs(640, INTERVAL);
    assertThat(forecast.inputsLeft()).isEqualTo(2 * 640);

    forecast.barrier();
    inputs(640, INTERVAL);
    assertThat(forecast.inputsLeft()).isZero();
  }

  @Test
  void saysWhenItIsTimeForSoManyWrites() {
    assertThat(forecast.isTimeFor(1_000, 4, 0)).isFalse();

    // 2,000 inputs are left, each of which takes 1 ms.
    inputs(8_000, 8_000);
    assertThat(forecast.isTimeFor(5_990, 4, 0)).isFalse();
    assertThat(forecast.isTimeFor(6_000, 4, 0)).isTrue();

    // An input with four writes takes 5 ms.
    assertThat(forecast.isTimeFor(1_190, 4, 1)).isFalse();
    assertThat(forecast.isTimeFor(1_200, 4, 1)).isTrue();
  }

  @Test
  void expectsNothingWhereNoIntervalIsSet() {
    BarrierForecast unset = new BarrierForecast(0, () -> now);
    for (int i = 0; i < 2 * BarrierForecast.LOOK_EVERY; i++) {
      now += 1_000;
      unset.input();
    }
    unset.barrier();

    assertThat(unset.inputsLeft()).isEqualTo(BarrierForecast.UNKNOWN);
  }
}
