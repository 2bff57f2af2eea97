// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineOutcomeTest {
  @Test
  void rendersEachStatusWithAllFields() {
    assertThat(new LineOutcome.Published(1, Optional.of("e-1"), 3, 9).json())
        .hasToString(
            "{\"line\":1,\"id\":\"e-1\",\"status\":\"published\",\"partition\":3,\"offset\":9,"
                + "\"error\":null}");
    assertThat(new LineOutcome.Invalid(2, Optional.empty(), "malformed").json())
        .hasToString(
            "{\"line\":2,\"id\":null,\"status\":\"invalid\",\"partition\":null,\"offset\":null,"
                + "\"error\":\"malformed\"}");
    assertThat(new LineOutcome.Failed(3, Optional.of("e-3"), "gone", true).json())
        .hasToString(
            "{\"line\":3,\"id\":\"e-3\",\"status\":\"failed\",\"partition\":null,\"offset\":null,"
                + "\"error\":\"gone\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":{\"id\":\"no\"},\"id\":\"e-1\"      | e-1",
        "{\"id\":7}                                 |",
        "[\"id\"]                                   |",
        "oops                                       |",
      })
  void readsTheIdAsFarAsThereIsOne(String line, String id) {
    assertThat(EventLine.id(line.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Optional.ofNullable(id));
  }

  @Test
  void checksALineAsTheRouterDoes() {
    EventLine checker = new EventLine();
    String valid =
        "{\"id\":\"e-1\",\"event_type\":\"device.online\",\"source\":{\"service_id\":\"s\","
            + "\"component_id\":\"d-1\"},\"timestamp\":0,\"data\":{\"payload\":{}}}";
    assertThat(checker.error(valid.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(checker.error(valid.replace("device.online", "x").getBytes(StandardCharsets.UTF_8)))
        .hasValueSatisfying(error -> assertThat(error).startsWith("invalid_envelope: "));
  }

  @Test
  void checksACloudEventAsOne() {
    EventLine checker = new EventLine();
    String valid =
        "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"type\":\"device.online\",\"source\":\"s\","
            + "\"subject\":\"d-1\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":{}}";
    assertThat(checker.error(valid.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(checker.error(valid.replace("1.0", "0.3").getBytes(StandardCharsets.UTF_8)))
        .contains("invalid_envelope: unknown_value at specversion: must be 1.0, is \"0.3\"");
  }
}
