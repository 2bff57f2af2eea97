// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mix on the command line. */
class MixTest {
  @Test
  void leavesAsUsualWhatIsNotSaid() {
    Mix mix = Mix.parse("malformed=0.2, doubles=0");

    assertThat(mix.of(Share.MALFORMED)).isEqualTo(0.2);
    assertThat(mix.of(Share.DOUBLES)).isZero();
    assertThat(mix.of(Share.SPIKES)).isEqualTo(Share.SPIKES.usual());
    assertThat(Mix.parse("")).isEqualTo(Mix.USUAL);
    assertThat(Mix.parse(mix.text())).isEqualTo(mix);
  }

  @Test
  void namesWhatItHasWhenAskedForSomethingElse() {
    assertThatThrownBy(() -> Mix.parse("malformed=0.2,lost=1"))
        .hasMessageContaining("no 'lost'")
        .hasMessageContaining("malformed, doubles, disorder, reconnects, faults");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "malformed; malformed=0.01",
        "malformed=x; malformed=0.01",
        "malformed=1.1; from 0 to 1",
        "malformed=-0.1; from 0 to 1",
        "malformed=NaN; from 0 to 1",
        "malformed=0.1,malformed=0.2; twice",
        "malformed=0.6,disorder=0.2; at most 0.95"
      })
  void refusesWhatIsNoShare(String text, String told) {
    assertThatThrownBy(() -> Mix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }
}
