// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.router.RouterRig.key;
import static io.twinlog.testkit.IngressExamples.COMMAND;
import static io.twinlog.testkit.IngressExamples.replaced;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Reason;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterCommandsTest {
  private final SingleObject singleObject = new SingleObject();

  private RouterRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig();
    rig.ticks(1_000);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static OutputRecord only(List<OutputRecord> outputs) {
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private static String letterOf(List<OutputRecord> outputs) {
    OutputRecord letter = only(outputs);
    assertThat(letter.topic()).isEqualTo("twinlog.dead-letters");
    return header(letter, "dlq.reason");
  }

  @Test
  void writesACommandToTheInboxOfItsAggregate() throws Exception {
    OutputRecord output = only(rig.command(COMMAND));

    assertThat(output.topic()).isEqualTo("twinlog.events.domain");
    assertThat(key(output)).isEqualTo("d-1");
    assertThat(header(output, HeaderNames.TYPE)).isEqualTo("RegisterDevice");
    assertThat(header(output, HeaderNames.ORIGIN)).startsWith("router/id-of-commands/1/");
    assertThat(singleObject.decode(output.value(), Command.class).getAuthor()).isEqualTo("ann");
  }

  private CommandResult refusalOf(List<OutputRecord> outputs) {
    OutputRecord output = only(outputs);
    assertThat(output.topic()).isEqualTo("twinlog.command.results");
    assertThat(key(output)).isEqualTo("c-1");
    CommandResult result = singleObject.decode(output.value(), CommandResult.class);
    assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.getCommandId()).isEqualTo("c-1");
    return result;
  }

  @Test
  void refusesACommandThatBreaksARule() throws Exception {
    CommandResult result = refusalOf(rig.command(replaced(COMMAND, "RegisterDevice", "Explode")));

    assertThat(result.getReasons()).extracting(Reason::getCode).containsExactly("invalid_command");
    assertThat(result.getCommand()).isEqualTo("Explode");
    assertThat(result.getAggregateId()).isEqualTo("d-1");
    assertThat(result.getVersion()).isZero();
  }

  @Test
  void refusesACommandWhoseTimeToLiveHasPassed() throws Exception {
    CommandResult result = refusalOf(rig.command(replaced(COMMAND, "60000", "999")));

    assertThat(result.getReasons()).extracting(Reason::getCode).containsExactly("expired");
  }

  @Test
  void letsACommandWithoutATimestampLive() throws Exception {
    String json =
        replaced(
            replaced(COMMAND, "\"timestamp\":\"2026-01-01T00:00:00.000Z\",", ""), "60000", "0");

    assertThat(only(rig.command(json)).topic()).isEqualTo("twinlog.events.domain");
  }

  @Test
  void makesADeadLetterOfACommandThatCannotBeAnswered() throws Exception {
    assertThat(letterOf(rig.command("{"))).isEqualTo("malformed");
  }

  /** Each job reads of its parked keys in its own inbox. */
  @ParameterizedTest
  @CsvSource({
    "{}, twinlog.events.domain",
    "{\"job\":\"device\"}, twinlog.events.domain",
    "{\"job\":\"telemetry\"}, twinlog.events.domain",
    "{\"job\":\"service\"}, twinlog.events.system"
  })
  void takesACommandToAParkedKeyToTheInboxOfItsJob(String data, String topic) throws Exception {
    String json =
        "{\"id\":\"c\",\"command\":\"RedriveParked\",\"aggregate_id\":\"k\",\"data\":%s}"
            .formatted(data);

    assertThat(only(rig.command(json)).topic()).isEqualTo(topic);
  }
}
