// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickCountTest {
  private static final long WALL = 1_767_225_600_000L;

  private TickCount count = TickCount.fresh(ClockRules.DEFAULT, WALL);

  private void after(long elapsed) {
    count = count.next(elapsed, count.wall() + elapsed);
  }

  @Test
  void countsWhatReallyPassed() {
    after(1_000);
    after(1_003);

    assertThat(count.clock()).isEqualTo(2_003);
    assertThat(count.outage()).isEqualTo(Outage.NONE);
  }

  @Test
  void addsAtMostItsStep() {
    after(9_000);

    assertThat(count.clock()).isEqualTo(2_000);
  }

  @Test
  void alwaysAdvances() {
    after(0);

    assertThat(count.clock()).isEqualTo(1);
  }

  @Test
  void tenSecondsAreNoOutageAndMoreAreOne() {
    after(10_000);
    assertThat(count.outage()).isEqualTo(Outage.NONE);

    after(10_001);
    assertThat(count.outage()).isEqualTo(new Outage(2_001, WALL + 10_000, WALL + 20_001));
  }

  @Test
  void standsStillAfterAnOutageThenGoesOn() {
    after(60_000);
    long then = count.clock();
    for (int second = 0; second < 30; second++) {
      after(1_000);
    }
    assertThat(count.clock()).as("a millisecond a tick").isEqualTo(then + 30);

    after(1_000);
    assertThat(count.clock()).isEqualTo(then + 30 + 1_000);
  }

  @Test
  void theGraceEndsWithinATick() {
    after(60_000);
    after(10_000);
    after(10_000);
    after(9_500);
    long then = count.clock();

    after(1_000);

    assertThat(count.clock()).isEqualTo(then + 500);
  }

  @Test
  void anOutageWithinTheGraceBeginsItAnew() {
    after(60_000);
    after(1_000);
    after(20_000);

    assertThat(count.grace()).isEqualTo(30_000);
    assertThat(count.outage().clock()).isEqualTo(count.clock());
  }

  @Test
  void keepsTellingOfTheNewestOutage() {
    after(60_000);
    Outage first = count.outage();
    after(1_000);

    assertThat(count.outage()).isEqualTo(first);
  }

  @Test
  void goesOnFromATickWithWhatIsLeftOfItsGrace() {
    Outage outage = new Outage(500, WALL, WALL + 60_000);

    TickCount restarted = TickCount.from(ClockRules.DEFAULT, 510, WALL + 70_000, outage);

    assertThat(restarted.grace()).isEqualTo(20_000);
    assertThat(TickCount.from(ClockRules.DEFAULT, 900_000, WALL + 999_000, outage).grace())
        .isZero();
  }

  @Test
  void noticesAnOutageOverARestartByTheWallClock() {
    TickCount restarted = TickCount.from(ClockRules.DEFAULT, 510, WALL, Outage.NONE);

    assertThat(restarted.isOutage(restarted.sinceLast(WALL + 3_600_000))).isTrue();
    assertThat(restarted.isOutage(restarted.sinceLast(WALL + 5_000))).isFalse();
    assertThat(restarted.sinceLast(WALL - 5_000)).as("the wall clock stepped back").isZero();
  }
}
