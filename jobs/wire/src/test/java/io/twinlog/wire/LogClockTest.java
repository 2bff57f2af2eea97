// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinlog.domain.Moment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogClockTest {
  private static final LogClock CLOCK = new LogClock(2, 60_000, 1_767_225_600_000L);

  @Test
  void readsWhatItWrote() {
    assertThat(CLOCK).hasToString("2/60000/1767225600000");
    assertThat(LogClock.parse(CLOCK.toBytes())).isEqualTo(CLOCK);
    assertThat(LogClock.parse(LogClock.UNKNOWN.toBytes())).isEqualTo(LogClock.UNKNOWN);
  }

  @Test
  void tellsRulesItsMomentWithoutTheEpoch() {
    assertThat(CLOCK.moment()).isEqualTo(new Moment(60_000, 1_767_225_600_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1/2", "1/2/3/4", "a/2/3", "1/b/3", "1/2/", "2147483648/0/0"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogClock.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
