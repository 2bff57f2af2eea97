// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionsTest {

  /** Source: the vectors of Kafka's own UtilsTest. */
  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "a-little-bit-long-string, -985981536",
    "a-little-bit-longer-string, -1486304829",
    "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
    "abc, 479470107"
  })
  void hashesAsKafkaDoes(String key, int hash) {
    assertThat(Partitions.murmur2(bytes(key))).isEqualTo(hash);
  }

  @Test
  void choosesAsKafkaDoesAlsoWhereTheHashIsNegative() {
    assertThat(Partitions.of(bytes("21"), 48)).isEqualTo((-973932308 & 0x7fffffff) % 48);
    assertThat(Partitions.of(bytes("abc"), 48)).isEqualTo(479470107 % 48);
  }

  @Test
  void staysWithinTheCountForAnyKey() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(Partitions.of(bytes("d-" + i), 7)).isBetween(0, 6);
    }
    assertThat(Partitions.of(new byte[0], 1)).isZero();
    assertThat(Partitions.of(new byte[] {-1, -2, -3, -4, -5}, 3)).isBetween(0, 2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
