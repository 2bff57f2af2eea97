// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Both times of a moment move together. */
class MomentTest {
  private static final Moment NOW = new Moment(5_000, 1_700_000_000_000L);

  @Test
  void movesItsLogTimeWithItsClock() {
    assertThat(NOW.atClock(3_000)).isEqualTo(new Moment(3_000, 1_699_999_998_000L));
    assertThat(NOW.atClock(6_000)).isEqualTo(new Moment(6_000, 1_700_000_001_000L));
    assertThat(NOW.atClock(5_000)).isEqualTo(NOW);
  }

  @Test
  void inventsNoLogTimeWhereNoneIsKnown() {
    assertThat(new Moment(5_000, 0).atClock(3_000)).isEqualTo(new Moment(3_000, 0));
  }
}
