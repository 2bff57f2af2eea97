// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({"250ms,250", "60s,60000", "2m,120000", "1h,3600000", "7d,604800000", "1.5s,1500"})
  void readsANumberWithAUnit(String text, long millis) {
    assertThat(new DurationText().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "60", "s", "-1s", "2x", "1w", "60S", "1e3s", "0.5ms", "1000000d", " 1s"})
  void refusesAllElse(String text) {
    assertThatThrownBy(() -> new DurationText().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0ms", "250,250ms", "1500,1500ms", "90000,90s", "120000,2m", "604800000,7d"})
  void writesTheShortestText(long millis, String text) {
    assertThat(DurationText.of(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
