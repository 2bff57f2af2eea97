// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  private static final Origin ORIGIN =
      new Origin("router", "aBc-_0123456789ABCDEFGH", 3, 1L << 40, 2);

  @Test
  void readsWhatItWrote() {
    assertThat(ORIGIN).hasToString("router/aBc-_0123456789ABCDEFGH/3/1099511627776/2");
    assertThat(Origin.parse(ORIGIN.toBytes())).isEqualTo(ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "router",
        "router/t/0/0",
        "router/t/0/0/0/0",
        "router/t/x/0/0",
        "router/t/0/x/0",
        "router/t/0/0/",
        "router/t/2147483648/0/0",
        "router/t/0/9223372036854775808/0"
      })
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Origin.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
