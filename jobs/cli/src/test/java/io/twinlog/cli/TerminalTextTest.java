// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.wire.json.ExactJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
  @Test
  void leavesWhatIsShown() {
    assertThat(TerminalText.escape("plain")).isEqualTo("plain");
    assertThat(TerminalText.escape("ünï 温度 \uD83D\uDE00")).isEqualTo("ünï 温度 \uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\u001b[31m",
        "\r",
        "\n",
        "\u007f",
        "\u009b",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\u2028",
        "\ufeff",
        "\ud800",
        "\udc00x",
        "\uDB40\uDC01"
      })
  void escapesWhatIsObeyedAndKeepsJsonEqual(String text) {
    String escaped = TerminalText.escape(TextNode.valueOf(text).toString());
    assertThat(escaped).matches("[ -~]+");
    assertThat(ExactJson.read(escaped).textValue()).isEqualTo(text);
  }
}
