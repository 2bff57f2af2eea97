// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.Ticks.mark;
import static io.twinlog.flink.Ticks.sources;
import static io.twinlog.flink.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Frontier;
import io.twinlog.wire.LogClock;
import org.junit.jupiter.api.Test;

class FrontierTest {
  private final Frontier frontier = new Frontier();

  @Test
  void isNoneBeforeTheFirstTick() {
    frontier.passed("t/0", new LogClock(1, 1_000, 0));

    assertThat(frontier.value()).isEqualTo(Frontier.NONE);
  }

  @Test
  void isNoneUntilAllListedPartitionsAreSeen() {
    frontier.tick(tick(2, mark(0, 1_000)));
    assertThat(frontier.value()).isEqualTo(Frontier.NONE);

    frontier.tick(tick(2, mark(1, 700)));
    assertThat(frontier.value()).isEqualTo(700);
  }

  @Test
  void followsTheSlowest() {
    frontier.tick(tick(2, mark(0, 1_000), mark(1, 700)));

    frontier.tick(tick(2, mark(0, 5_000)));
    assertThat(frontier.value()).isEqualTo(700);

    frontier.passed("t/1", new LogClock(1, 900, 0));
    assertThat(frontier.value()).isEqualTo(900);
  }

  @Test
  void neverGoesBack() {
    frontier.tick(tick(1, mark(0, 1_000)));

    frontier.tick(tick(1, mark(0, 400)));
    frontier.passed("t/0", new LogClock(1, 500, 0));

    assertThat(frontier.value()).isEqualTo(1_000);
    assertThat(frontier.clockOf("t/0").clock()).isEqualTo(1_000);
    assertThat(frontier.clockOf("t/1")).isNull();
  }

  @Test
  void takesAPartitionThatIsAddedInWhereItStands() {
    frontier.tick(tick(1, mark(0, 1_000)));

    frontier.tick(tick(2, mark(0, 2_000)));
    assertThat(frontier.value()).isEqualTo(1_000);
    assertThat(frontier.clockOf("t/1").clock()).isEqualTo(1_000);

    frontier.tick(tick(2, mark(1, 1_500)));
    assertThat(frontier.value()).isEqualTo(1_500);
  }

  @Test
  void doesNotForgetAnAddedPartitionForASubtaskThatLags() {
    frontier.tick(tick(3, mark(0, 2_000), mark(2, 1_900)));

    frontier.tick(tick(2, mark(1, 1_500)));

    assertThat(frontier.sources()).isEqualTo(sources(3));
    assertThat(frontier.value()).isEqualTo(1_500);
  }

  @Test
  void takesTheListOfTheNewestCopyThatWasKept() {
    frontier.restore(sources(2), 1_000);
    frontier.passed("t/0", new LogClock(1, 1_000, 0));
    frontier.restore(sources(3), 2_000);
    frontier.passed("t/0", new LogClock(1, 2_000, 0));

    frontier.restore(sources(2), 1_000);

    assertThat(frontier.sources()).isEqualTo(sources(3));
  }

  @Test
  void takesTheLongerListOfTwoCopiesOfOneAge() {
    frontier.passed("t/0", new LogClock(1, 1_000, 0));
    frontier.restore(sources(3), 1_000);
    frontier.restore(sources(2), 1_000);

    assertThat(frontier.sources()).isEqualTo(sources(3));
  }
}
