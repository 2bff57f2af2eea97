// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "2026-01-01t00:00:00z, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.1Z, 2026-01-01T00:00:00.100Z",
    "2026-01-01T00:00:00.123999999Z, 2026-01-01T00:00:00.123Z",
    "2026-01-01T00:30:00+01:00, 2025-12-31T23:30:00Z",
    "2026-01-01T00:00:00-23:59, 2026-01-01T23:59:00Z",
    "2024-02-29T12:00:00-00:00, 2024-02-29T12:00:00Z",
    "1970-01-01T00:00:00+01:00, 1969-12-31T23:00:00Z",
    "2036-02-07T06:28:16Z, 2036-02-07T06:28:16Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z"
  })
  void readsInstants(String text, String expected) {
    assertThat(Rfc3339.read(text)).hasValue(Instant.parse(expected).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00+01",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+01:60",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.0000000000000000001Z",
        "+2026-01-01T00:00:00Z",
        "٢٠٢٦-01-01T00:00:00Z",
        "1767225600000"
      })
  void refusesAllElse(String text) {
    assertThat(Rfc3339.read(text)).isEmpty();
  }
}
