// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.client.Progress.Noted;
import io.twinlog.client.Progress.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress(10);

  private static Received record(String key, long offset) {
    return new Received("t", 0, offset, key, new byte[0], List.of());
  }

  @Test
  void aKeyWaitsAndNoOtherOneDoes() {
    Waiting a = progress.hold(record("a", 10));

    assertThat(progress.isWaitingFor(record("a", 11))).isTrue();
    assertThat(progress.isWaitingFor(record("b", 12))).isFalse();
    progress.waits(record("a", 11));
    assertThat(progress.waiting()).isEqualTo(2);
    assertThat(progress.done(a)).as("another one waits").isTrue();
    assertThat(progress.done(a)).isFalse();
    assertThat(progress.waiting()).isZero();
    assertThat(progress.isWaitingFor(record("a", 13))).isFalse();
  }

  @Test
  void whatHasNoKeyWaitsForItselfAlone() {
    progress.hold(record("", 10)).parked = true;

    assertThat(progress.isWaitingFor(record("", 11))).isFalse();
    progress.hold(record("", 11)).parked = true;
    assertThat(progress.parked("")).hasSize(2);
    assertThat(progress.discard("")).isEqualTo(2);
    assertThat(progress.waiting()).isZero();
  }

  @Test
  void theTurnOfAParkedKeyNeverComes() {
    progress.hold(record("a", 10)).dueNanos = 5;
    progress.hold(record("b", 11)).dueNanos = 9;
    progress.hold(record("c", 12)).parked = true;

    assertThat(progress.due(4)).isEmpty();
    assertThat(progress.due(5)).hasSize(1);
    assertThat(progress.due(100)).hasSize(2);
    assertThat(progress.parked("c")).hasSize(1);
    assertThat(progress.parked("a")).isEmpty();
    assertThat(progress.discard("c")).isEqualTo(1);
    assertThat(progress.waiting()).isEqualTo(2);
  }

  @Test
  void whatWaitsIsNotedInFewCharactersAndReadAgain() {
    Random random = new Random(7);
    TreeMap<Long, Boolean> expected = new TreeMap<>();
    long offset = 5_000_000_000L;
    for (int key = 0; key < 100; key++) {
      boolean parked = random.nextBoolean();
      offset += random.nextInt(1_000) + 1;
      Waiting waiting = progress.hold(record("k-" + key, offset));
      waiting.parked = parked;
      expected.put(offset, parked);
      for (int more = random.nextInt(10); more > 0; more--) {
        offset += random.nextInt(1_000) + 1;
        progress.waits(record("k-" + key, offset));
        expected.put(offset, parked);
      }
    }

    List<Noted> noted = Progress.noted(progress.note());

    List<Noted> wanted = new ArrayList<>();
    expected.forEach((at, parked) -> wanted.add(new Noted(at, parked)));
    assertThat(noted).isEqualTo(wanted);
    assertThat(progress.note().length()).isLessThan(4 * expected.size());
    assertThat(Progress.noted(new Progress(0).note())).isEmpty();
  }

  @Test
  void isFullWhenAsManyWaitAsMay() {
    progress.hold(record("a", 10));
    assertThat(progress.isFull(2)).isFalse();
    progress.waits(record("a", 11));
    assertThat(progress.isFull(2)).isTrue();
    for (long i = 1; i <= 1_000; i++) {
      progress.waits(record("a", i << 40));
    }
    assertThat(progress.isFull(1_000_000)).as("a broker would not take the note").isTrue();
  }

  @Test
  void refusesANoteThatIsNoneOfASubscriber() {
    assertThatThrownBy(() -> Progress.noted("hello!")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Progress.noted("AgE")).hasMessageContaining("a newer build");
    assertThatThrownBy(() -> Progress.noted("AYA")).hasMessageContaining("was cut");
  }
}
