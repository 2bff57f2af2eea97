// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void escapesWhatWouldMoveATerminal() {
    assertThat(Shown.text("a\u001b[31m\r\n\u0000\u009b\u007f"))
        .isEqualTo("\"a\\u001b[31m\\u000d\\u000a\\u0000\\u009b\\u007f\"");
  }

  @Test
  void escapesHalvesOfPairs() {
    assertThat(Shown.name("\ud83d\ude00\ud83d-\ude00")).isEqualTo("😀\\ud83d-\\ude00");
  }

  @Test
  void cutsToCodePointsAndNeverBetweenTheHalvesOfAPair() {
    assertThat(Shown.name("😀".repeat(64))).isEqualTo("😀".repeat(64));
    assertThat(Shown.name("😀".repeat(65))).isEqualTo("😀".repeat(63) + "…");
  }
}
