// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertIdTest {
  private static final String KEY = "a-ptlltxkn4wsni22wrjdcf52gpq";

  @ParameterizedTest
  @CsvSource({
    // By another program: base32(sha256(source, 0, code)), 26 characters of it.
    "d-1, overheat, a-ptlltxkn4wsni22wrjdcf52gpq",
    "gerät, <img>, a-k6sghtbmvpedytarlgzbi4t5jl",
    "gw-1/d-1, system.error, a-a334hejo4td5hccqvr2nevma66"
  })
  void isMadeOfSourceAndCode(String source, String code, String key) {
    assertThat(AlertId.key(source, code)).isEqualTo(key);
  }

  @Test
  void tellsPairsApartThatReadAlike() {
    assertThat(AlertId.key("ab", "c")).isNotEqualTo(AlertId.key("a", "bc"));
  }

  @Test
  void readsWhatItWrites() {
    AlertId id = new AlertId(KEY, 17);

    assertThat(id).hasToString(KEY + "-17");
    assertThat(AlertId.of(KEY + "-17")).contains(id);
    assertThat(RecoveryId.of(KEY + "-17/3")).contains(new RecoveryId(id, 3));
    assertThat(new RecoveryId(id, 3)).hasToString(KEY + "-17/3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a-",
        KEY,
        KEY + "-",
        KEY + "-0",
        KEY + "-x",
        KEY + "-01",
        KEY + "-1234567890123456789",
        KEY + "-1\n",
        "b" + KEY + "-1",
        "a-ABCDEFGHIJKLMNOPQRSTUVWXYZ-1"
      })
  void refusesWhatIsNone(String text) {
    assertThat(AlertId.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "r-1", KEY + "-1", KEY + "-1/0", KEY + "-1/1/1", "/1"})
  void refusesWhatIsNoAttempt(String text) {
    assertThat(RecoveryId.of(text)).isEmpty();
  }
}
