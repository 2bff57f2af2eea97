// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Reason;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandDecoderTest {
  private static final String JSON =
      "{\"id\":\"c-1\",\"command\":\"RegisterDevice\",\"aggregate_id\":\"d-1\","
          + "\"expected_version\":4,\"ttl\":60000,\"author\":\"ann\",\"timestamp\":0,"
          + "\"data\":{\"model\": \"m-1\", \"attributes\":{\"a\":1.50}},"
          + "\"metadata\":{\"correlation_id\":\"r\"}}";

  private final CommandDecoder decoder =
      new CommandDecoder(new Catalogue(false), DecoderLimits.DEFAULT);

  @Test
  void readsEveryField() {
    Command command = valid(JSON);

    assertThat(command.getId()).isEqualTo("c-1");
    assertThat(command.getCommand()).isEqualTo("RegisterDevice");
    assertThat(command.getAggregateId()).isEqualTo("d-1");
    assertThat(command.getExpectedVersion()).isEqualTo(4);
    assertThat(command.getTtl()).isEqualTo(60_000);
    assertThat(command.getAuthor()).isEqualTo("ann");
    assertThat(command.getTimestamp()).isEqualTo(Instant.EPOCH);
    assertThat(command.getData()).isEqualTo("{\"model\": \"m-1\", \"attributes\":{\"a\":1.50}}");
    assertThat(command.getMetadata().getCorrelationId()).isEqualTo("r");
    assertThat(command.getMetadata().getPriority()).isEqualTo(Priority.NORMAL);
  }

  @Test
  void readsTheAvroEnvelopeToTheSameCommand() {
    Command command = valid(JSON);

    assertThat(decoder.decode(new SingleObject().encode(command), null))
        .isEqualTo(new Decoded.Valid<>(command));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RegisterDevice|{\"model\":\"m\",\"firmware\":\"1\",\"heartbeat_interval_ms\":1000,\"timeout_ms\":5000}",
        "ConfigureDevice|{\"configuration\":{\"a\":null,\"b\":\"x\",\"c\":1,\"d\":true}}",
        "SetAttributes|{\"attributes\":{\"a\":null}}",
        "ReportFault|{\"code\":\"c\",\"severity\":\"critical\",\"message\":\"\"}",
        "ClearFault|{\"code\":\"c\"}",
        "DecommissionDevice|{\"reason\":\"old\"}",
        "DecommissionDevice|null"
      })
  void knowsTheCommandsOfADevice(String name, String data) {
    Command command = valid(command(name, data));

    assertThat(command.getData()).isEqualTo(data.equals("null") ? "{}" : data);
  }

  /** Of another job nobody would answer. */
  @ParameterizedTest
  @CsvSource({"RedriveParked", "DiscardParked"})
  void knowsTheJobsThatKeepKeys(String name) {
    valid(command(name, "{\"job\":\"device\"}"));
    valid(command(name, "{\"job\":\"telemetry\"}"));
    valid(command(name, "{\"job\":\"service\"}"));
    valid(command(name, "{\"job\":\"escalation\"}"));

    assertThat(rejected(command(name, "{\"job\":\"router\"}")).errors())
        .containsExactly(
            new Reason(
                "invalid_command",
                "data.job",
                "unknown_value: must be one of [\"device\",\"telemetry\",\"service\",\"escalation\"], is \"router\""));
  }

  @Test
  void takesNoArgumentsForNone() {
    Command command =
        valid("{\"id\":\"c\",\"command\":\"DecommissionDevice\",\"aggregate_id\":\"d\"}");

    assertThat(command.getData()).isEqualTo("{}");
    assertThat(command.getExpectedVersion()).isNull();
    assertThat(command.getTimestamp()).isNull();
  }

  @Test
  void tellsWhomToAnswerAndKeepsThePreciseCodeInTheMessage() {
    Decoded.Rejected<Command> rejected = rejected(command("ReportFault", "{\"code\":\"c\"}"));

    assertThat(rejected.command()).contains(new CommandHead("c-1", "ReportFault", "d-1"));
    assertThat(rejected.errors())
        .containsExactly(
            new Reason(
                "invalid_command", "data.message", "missing_field: is required and is not there"),
            new Reason(
                "invalid_command", "data.severity", "missing_field: is required and is not there"));
  }

  @Test
  void answersWithoutANameThatCannotBeShown() {
    Decoded.Rejected<Command> rejected =
        rejected(JSON.replace("RegisterDevice", "X\\n").replace("d-1", "d\\u0000"));

    assertThat(rejected.command()).contains(new CommandHead("c-1", "", ""));
  }

  @Test
  void doesNotAnswerWhereTheIdIsNotCertain() {
    assertThat(rejected(JSON.replace("c-1", "")).command()).isEmpty();
    assertThat(rejected(JSON.replace("{\"id\"", "{\"id\":\"c-0\",\"id\"")).command()).isEmpty();
    assertThat(rejected("{}").command()).isEmpty();
  }

  @Test
  void doesNotAnswerWhereErrorsOfTheIdMayBeAmongTheUnlisted() {
    StringBuilder doubled = new StringBuilder("{");
    for (int i = 0; i < 101; i++) {
      doubled.append("\"k").append(i).append("\":0,\"k").append(i).append("\":0,");
    }

    Decoded.Rejected<Command> rejected =
        rejected(JSON.replace("{\"id\"", doubled + "\"id\":\"c-0\",\"id\""));

    assertThat(rejected.command()).isEmpty();
  }

  private static String command(String name, String data) {
    return "{\"id\":\"c-1\",\"command\":\""
        + name
        + "\",\"aggregate_id\":\"d-1\",\"data\":"
        + data
        + '}';
  }

  private Command valid(String json) {
    Decoded<Command> decoded = decoder.decode(json.getBytes(StandardCharsets.UTF_8), null);
    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid<Command>) decoded).value();
  }

  private Decoded.Rejected<Command> rejected(String json) {
    Decoded<Command> decoded = decoder.decode(json.getBytes(StandardCharsets.UTF_8), null);
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    return (Decoded.Rejected<Command>) decoded;
  }
}
