// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerBookTest {
  private static final long W = LedgerTally.WINDOW;

  private final LedgerBook book = new LedgerBook();

  private List<String> handedOn() {
    List<String> tallies = new ArrayList<>();
    book.handOn(
        tally ->
            tallies.add(
                "%s/%d/%d to %d %s"
                    .formatted(
                        tally.topic(),
                        tally.partition(),
                        tally.window(),
                        tally.readTo(),
                        Arrays.toString(tally.counts()))));
    return tallies;
  }

  @Test
  void countsByTopicPartitionAndWindow() {
    book.read("a", 0, 5);
    book.tick("a", 0, 6);
    book.repeat("a", 11, 7);
    book.outcome("a", 0, 5, Outcome.APPLIED);
    book.read("b", 0, 5);

    assertThat(handedOn())
        .containsExactly(
            "a/0/0 to 7 [1, 1, 0, 1, 0, 0, 0, 0, 0]",
            "a/11/0 to 8 [0, 0, 1, 0, 0, 0, 0, 0, 0]",
            "b/0/0 to 6 [1, 0, 0, 0, 0, 0, 0, 0, 0]");
  }

  @Test
  void handsOnWhatWasCountedSinceTheLastTime() {
    book.read("a", 0, 5);
    handedOn();

    assertThat(handedOn()).isEmpty();
    book.outcome("a", 0, 5, Outcome.PARKED);
    assertThat(handedOn()).containsExactly("a/0/0 to 0 [0, 0, 0, 0, 0, 0, 0, 1, 0]");
  }

  @Test
  void saysThatAWindowIsOverWhenOneBehindItIsRead() {
    book.read("a", 0, W - 2);
    book.read("a", 0, W);

    assertThat(handedOn())
        .containsExactly(
            "a/0/0 to " + W + " [1, 0, 0, 0, 0, 0, 0, 0, 0]",
            "a/0/1 to " + (W + 1) + " [1, 0, 0, 0, 0, 0, 0, 0, 0]");
  }

  @Test
  void saysItOverAHandingOnToo() {
    book.read("a", 0, W - 2);
    handedOn();
    book.read("a", 0, W);

    assertThat(handedOn()).contains("a/0/0 to " + W + " [0, 0, 0, 0, 0, 0, 0, 0, 0]");
  }

  @Test
  void saysOfTheWindowBeforeItsFirstRecordThatItIsOver() {
    book.read("a", 0, 3 * W + 1);

    assertThat(handedOn()).contains("a/0/2 to " + 3 * W + " [0, 0, 0, 0, 0, 0, 0, 0, 0]");
  }

  @Test
  void countsLateOutcomesOfAnOlderWindow() {
    book.outcome("a", 0, W + 1, Outcome.APPLIED);
    book.outcome("a", 0, 1, Outcome.DUPLICATE);
    book.outcome("a", 0, 2, Outcome.REFUSED);

    assertThat(handedOn())
        .containsExactly(
            "a/0/0 to 0 [0, 0, 0, 0, 1, 1, 0, 0, 0]", "a/0/1 to 0 [0, 0, 0, 1, 0, 0, 0, 0, 0]");
  }
}
