// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.client.CommandMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDraftTest {
  private static final CommandDraft.Defaults DEFAULTS =
      new CommandDraft.Defaults(
          "ops", Optional.of(Duration.ofSeconds(60)), Instant.parse("2026-01-01T00:00:00Z"));

  private static CommandDraft parse(String line) {
    return CommandDraft.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fillsInWhatIsMissing() {
    CommandDraft draft =
        parse("{\"command\":\"ClearFault\",\"aggregate_id\":\"d-1\",\"id\":\"c-1\"}")
            .filled(DEFAULTS);
    assertThat(draft.json())
        .hasToString(
            "{\"command\":\"ClearFault\",\"aggregate_id\":\"d-1\",\"id\":\"c-1\",\"author\":\"ops\","
                + "\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"ttl\":60000}");
  }

  @Test
  void keepsWhatIsThere() {
    String line =
        "{\"id\":\"c-1\",\"command\":\"A\",\"aggregate_id\":\"d\",\"author\":\"me\",\"ttl\":1,"
            + "\"timestamp\":0,\"data\":{\"x\":1.50}}";
    CommandMessage message = parse(line).filled(DEFAULTS).message();
    assertThat(new String(message.value(), StandardCharsets.UTF_8)).isEqualTo(line);
    assertThat(message.id()).isEqualTo("c-1");
    assertThat(message.aggregateId()).isEqualTo("d");
  }

  @Test
  void givesEachCommandAnIdOfItsOwn() {
    CommandDraft draft = parse("{\"command\":\"A\",\"aggregate_id\":\"d\",\"id\":null}");
    assertThat(draft.filled(DEFAULTS).id()).isNotEqualTo(draft.filled(DEFAULTS).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oops",
        "[]",
        "{}",
        "{\"command\":\"A\"}",
        "{\"command\":\"A\",\"aggregate_id\":\"\"}",
        "{\"command\":1,\"aggregate_id\":\"d\"}",
        "{\"command\":\"A\",\"aggregate_id\":\"d\",\"id\":7}",
        "{\"command\":\"A\",\"command\":\"B\",\"aggregate_id\":\"d\"}"
      })
  void refusesWhatIsNoCommand(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
