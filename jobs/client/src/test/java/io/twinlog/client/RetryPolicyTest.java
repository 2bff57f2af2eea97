// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static List<Optional<Duration>> waits(RetryPolicy policy, int failures) {
    return IntStream.rangeClosed(1, failures).mapToObj(policy::wait).toList();
  }

  @Test
  void goesThroughItsStepsOneAfterTheOther() {
    RetryPolicy policy =
        RetryPolicy.immediate(2)
            .then(RetryPolicy.delayed(4, ofMillis(300), ofSeconds(1)))
            .then(RetryPolicy.deadLetter(Path.of("letters.jsonl")));

    assertThat(waits(policy, 7))
        .containsExactly(
            Optional.of(Duration.ZERO),
            Optional.of(Duration.ZERO),
            Optional.of(ofMillis(300)),
            Optional.of(ofMillis(600)),
            Optional.of(ofSeconds(1)),
            Optional.of(ofSeconds(1)),
            Optional.empty());
    assertThat(policy.deadLetters()).isPresent();
  }

  @Test
  void doesNothingWhereNobodyAskedForAnything() {
    assertThat(waits(RetryPolicy.NONE, 1)).containsExactly(Optional.empty());
    assertThat(RetryPolicy.NONE.deadLetters()).isEmpty();
  }

  @Test
  void refusesWhatMakesNoSense() {
    RetryPolicy letters = RetryPolicy.deadLetter(Path.of("letters.jsonl"));
    RetryPolicy again = RetryPolicy.immediate(1);
    assertThatThrownBy(() -> letters.then(again)).hasMessageContaining("nothing can follow");
    assertThatThrownBy(() -> RetryPolicy.immediate(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> RetryPolicy.delayed(1, ofSeconds(2), ofSeconds(1)))
        .hasMessageContaining("no shorter than the first");
    assertThatThrownBy(() -> RetryPolicy.delayed(1, Duration.ZERO, ofSeconds(1)))
        .hasMessageContaining("longer than nothing");
    assertThatThrownBy(() -> new RetryPolicy.DeadLetter(Path.of("f"), 0))
        .hasMessageContaining("room for 0");
  }
}
