// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.Event;
import io.twinlog.testkit.BadInput;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.testkit.BadInput.Odd;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole corpus through one router, one record after the other: each has exactly one outcome,
 * and nothing of it lingers. No tick comes first, so nothing is expired.
 */
class BadInputRoutingTest {
  /** What no topic takes uncompressed; a dead letter of it can only say where it stands. */
  private static final int RECORD_BYTES_MAX = 4 * 1024 * 1024;

  private static final SingleObject SINGLE_OBJECT = new SingleObject();
  private static RouterRig rig;

  @BeforeAll
  static void open() throws Exception {
    rig = new RouterRig();
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  static List<Bad> badEvents() {
    return BadInput.events();
  }

  static List<Bad> refusedCommands() {
    return BadInput.commandsWithAnAnswer();
  }

  static List<Bad> deadCommands() {
    return BadInput.commandsWithoutAnAnswer();
  }

  static List<Odd> oddEvents() {
    return BadInput.oddButGoodEvents();
  }

  private static OutputRecord sent(Topic topic, Bad bad) throws Exception {
    return only(rig.send(topic, 0, bad.key(), bad.value(), bad.headers()));
  }

  private static OutputRecord only(List<OutputRecord> outputs) {
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private static void assertLetter(OutputRecord letter, Bad bad) {
    assertThat(letter.topic()).isEqualTo("twinlog.dead-letters");
    assertThat(header(letter, "dlq.reason")).isEqualTo(bad.reason().text());
    assertThat(letter.key()).isEqualTo(bad.key());
    if (bad.value() != null && bad.value().length > RECORD_BYTES_MAX) {
      assertThat(header(letter, "dlq.left-out")).isEqualTo("headers,value");
      return;
    }
    assertThat(letter.value()).isEqualTo(bad.value());
    for (int i = 0; i < bad.headers().size(); i++) {
      assertThat(letter.headers().get(i).key()).endsWith(bad.headers().get(i).key());
      assertThat(letter.headers().get(i).value()).isEqualTo(bad.headers().get(i).value());
    }
    bad.codes().forEach(code -> assertThat(header(letter, "dlq.errors")).contains(code.text()));
  }

  @ParameterizedTest
  @MethodSource("badEvents")
  void makesADeadLetterOfABadEvent(Bad bad) throws Exception {
    assertLetter(sent(Topic.INGRESS, bad), bad);
  }

  @ParameterizedTest
  @MethodSource("deadCommands")
  void makesADeadLetterOfACommandWithoutAnAnswer(Bad bad) throws Exception {
    assertLetter(sent(Topic.COMMANDS, bad), bad);
  }

  @ParameterizedTest
  @MethodSource("refusedCommands")
  void refusesABadCommand(Bad bad) throws Exception {
    OutputRecord output = sent(Topic.COMMANDS, bad);

    assertThat(output.topic()).isEqualTo("twinlog.command.results");
    CommandResult result = SINGLE_OBJECT.decode(output.value(), CommandResult.class);
    assertThat(result.getCommandId()).isEqualTo("c-1");
    assertThat(result.getReasons()).hasSameSizeAs(bad.codes());
  }

  @ParameterizedTest
  @MethodSource("oddEvents")
  void routesAnOddEvent(Odd odd) throws Exception {
    OutputRecord output = only(rig.send(Topic.INGRESS, 0, odd.key(), odd.value(), odd.headers()));

    assertThat(output.topic()).startsWith("twinlog.events.");
    Event event = SINGLE_OBJECT.decode(output.value(), Event.class);
    if (output.topic().equals("twinlog.events.domain")) {
      assertThat(RouterRig.key(output)).isEqualTo(odd.deviceId());
    } else {
      assertThat(RouterRig.key(output)).isEqualTo(event.getId());
    }
  }

  @ParameterizedTest
  @MethodSource("refusedCommands")
  void isNoWorseOffForWhatCameBefore(Bad bad) throws Exception {
    sent(Topic.COMMANDS, bad);

    OutputRecord good = only(rig.command(IngressExamples.COMMAND));

    assertThat(SINGLE_OBJECT.decode(good.value(), Command.class).getId()).isEqualTo("c-1");
  }
}
