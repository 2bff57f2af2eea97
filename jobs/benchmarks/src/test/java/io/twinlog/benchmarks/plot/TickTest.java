// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Marks are round, few, and within. */
class TickTest {
  @Test
  void marksRoundNumbers() {
    assertThat(labels(Tick.ofNumbers(-3.2, 113, 6)))
        .containsExactly("0", "20", "40", "60", "80", "100");
    assertThat(labels(Tick.ofNumbers(-1, 1, 6)))
        .containsExactly("-1.0", "-0.5", "0.0", "0.5", "1.0");
    assertThat(labels(Tick.ofNumbers(0.0012, 0.0019, 8)))
        .containsExactly(
            "0.0012", "0.0013", "0.0014", "0.0015", "0.0016", "0.0017", "0.0018", "0.0019");
  }

  @Test
  void marksSomeButNotTooManyNumbersWhateverTheRange() {
    for (double range = 1e-9; range < 1e12; range *= 1.7) {
      assertThat(Tick.ofNumbers(0.3 * range, 1.3 * range, 6)).hasSizeBetween(2, 6);
    }
  }

  @Test
  void marksRoundTimes() {
    Instant begin = Instant.parse("2013-12-02T21:15:00Z");

    assertThat(labels(times(begin, 600)))
        .containsExactly("12-02 21:15", "12-02 21:20", "12-02 21:25");
    assertThat(labels(times(begin, 86_400)))
        .containsExactly(
            "12-03 00:00",
            "12-03 03:00",
            "12-03 06:00",
            "12-03 09:00",
            "12-03 12:00",
            "12-03 15:00",
            "12-03 18:00",
            "12-03 21:00");
    assertThat(labels(times(begin, 3 * 86_400)))
        .containsExactly(
            "12-03 00:00",
            "12-03 12:00",
            "12-04 00:00",
            "12-04 12:00",
            "12-05 00:00",
            "12-05 12:00");
    assertThat(labels(times(begin, 8 * 86_400))).hasSize(8).startsWith("2013-12-03", "2013-12-04");
  }

  @Test
  void marksFewTimesInCenturies() {
    assertThat(times(Instant.EPOCH, 300L * 365 * 86_400)).hasSizeBetween(4, 8);
  }

  private static List<Tick> times(Instant begin, long seconds) {
    return Tick.ofTimes(begin.toEpochMilli(), begin.plusSeconds(seconds).toEpochMilli(), 8);
  }

  private static List<String> labels(List<Tick> ticks) {
    return ticks.stream().map(Tick::label).toList();
  }
}
