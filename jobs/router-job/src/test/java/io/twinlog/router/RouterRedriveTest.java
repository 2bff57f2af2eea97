// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.router.RouterRig.key;
import static io.twinlog.testkit.IngressExamples.COMMAND;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.command;
import static io.twinlog.testkit.IngressExamples.event;
import static io.twinlog.testkit.IngressExamples.replaced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SettingsException;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.Reason;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.DeadLetter;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.Header;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterRedriveTest {
  private static final long FIRST_SEEN = 1_767_139_200_000L;
  private static final String HISTORY = "2/5/" + FIRST_SEEN + "/0/17";
  private static final byte[] KEY = {0, -1};

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

  private static String redrive(int attempt, String topic) {
    return """
        {"id":"r-1","command":"RedriveDeadLetter","aggregate_id":"0/17","author":"ann",
         "data":{"letter":"0/17","attempt":%d,"first_seen":%d,"topic":"%s","partition":3,"offset":42}}
        """
        .formatted(attempt, FIRST_SEEN, topic);
  }

  private List<OutputRecord> send(String command, byte[] value, Header... original)
      throws Exception {
    List<Header> headers = new ArrayList<>(List.of(original));
    headers.add(Header.of("tl-command", command));
    return rig.send(Topic.COMMANDS, 1, KEY, value, headers);
  }

  private List<OutputRecord> send(String command, String value) throws Exception {
    return send(command, value.getBytes(UTF_8));
  }

  private CommandResult result(List<OutputRecord> outputs, CommandStatus status) {
    OutputRecord output = outputs.get(outputs.size() - 1);
    assertThat(output.topic()).isEqualTo("twinlog.command.results");
    assertThat(key(output)).isEqualTo("r-1");
    CommandResult result = singleObject.decode(output.value(), CommandResult.class);
    assertThat(result.getCommand()).isEqualTo("RedriveDeadLetter");
    assertThat(result.getAggregateId()).isEqualTo("0/17");
    assertThat(result.getStatus()).as("%s", result.getReasons()).isEqualTo(status);
    return result;
  }

  private void refused(List<OutputRecord> outputs, String code, String path) {
    assertThat(outputs).hasSize(1);
    assertThat(result(outputs, CommandStatus.REFUSED).getReasons())
        .extracting(Reason::getCode, Reason::getPath)
        .containsExactly(org.assertj.core.api.Assertions.tuple(code, path));
  }

  private static OutputRecord letter(List<OutputRecord> outputs) {
    assertThat(outputs.get(0).topic()).isEqualTo("twinlog.dead-letters");
    return outputs.get(0);
  }

  @Test
  void putsAnEventOnItsWayWithItsHistory() throws Exception {
    List<OutputRecord> outputs = send(redrive(2, "twinlog.ingress"), EVENT);

    assertThat(outputs).hasSize(2);
    assertThat(outputs.get(0).topic()).isEqualTo("twinlog.events.domain");
    assertThat(key(outputs.get(0))).isEqualTo("d-1");
    assertThat(header(outputs.get(0), "tl-type")).isEqualTo("data.collected");
    assertThat(header(outputs.get(0), "tl-redrive")).isEqualTo(HISTORY);
    assertThat(header(outputs.get(0), "tl-origin")).startsWith("router/id-of-commands/1/");
    assertThat(result(outputs, CommandStatus.ACCEPTED).getReasons()).isEmpty();
  }

  @Test
  void putsACommandOnItsWayWhoseLetterWasReadFromCommands() throws Exception {
    List<OutputRecord> outputs = send(redrive(2, "twinlog.commands"), COMMAND);

    assertThat(header(outputs.get(0), "tl-type")).isEqualTo("RegisterDevice");
    assertThat(header(outputs.get(0), "tl-redrive")).isEqualTo(HISTORY);
    result(outputs, CommandStatus.ACCEPTED);
  }

  @Test
  void takesTheAvroOfAnInboxForWhatItIs() throws Exception {
    byte[] event = IngressExamples.bytes(IngressExamples.avroEvent());
    byte[] command = IngressExamples.bytes(IngressExamples.avroCommand());

    List<OutputRecord> events =
        send(
            redrive(2, "twinlog.events.domain"),
            event,
            Header.of("original.tl-type", "data.collected"));
    List<OutputRecord> commands = send(redrive(2, "twinlog.events.domain"), command);

    assertThat(header(events.get(0), "tl-type")).isEqualTo("data.collected");
    result(events, CommandStatus.ACCEPTED);
    assertThat(header(commands.get(0), "tl-type")).isEqualTo("RegisterDevice");
    result(commands, CommandStatus.ACCEPTED);
  }

  /** The device job has told it, and must not hear it as a word of the device. */
  @Test
  void bringsBackToTheAlertsWhatAJobHasToldThem() throws Exception {
    Event told =
        singleObject.decode(IngressExamples.bytes(IngressExamples.avroEvent()), Event.class);
    told.setEventType("device.online");
    told.getData().setPayload(ByteBuffer.wrap("{\"device_id\":\"d-1\"}".getBytes(UTF_8)));

    List<OutputRecord> outputs =
        send(redrive(2, "twinlog.events.error"), singleObject.encode(told));

    assertThat(outputs.get(0).topic()).isEqualTo("twinlog.events.error");
    assertThat(key(outputs.get(0))).isEqualTo(AlertId.key("d-1", "device.online"));
    result(outputs, CommandStatus.ACCEPTED);
  }

  @Test
  void answersACommandThatIsRefusedAgainUnderItsOwnIdToo() throws Exception {
    List<OutputRecord> outputs =
        send(redrive(2, "twinlog.commands"), replaced(COMMAND, "RegisterDevice", "Explode"));

    assertThat(key(outputs.get(0))).isEqualTo("c-1");
    assertThat(singleObject.decode(outputs.get(0).value(), CommandResult.class).getStatus())
        .isEqualTo(CommandStatus.REFUSED);
    result(outputs, CommandStatus.ACCEPTED);
  }

  @Test
  void makesADeadLetterAgainOfWhatFailsAgainAndKeepsEverythingOfIt() throws Exception {
    byte[] value = {'{', -1};
    List<OutputRecord> outputs =
        send(
            redrive(2, "twinlog.ingress"),
            value,
            Header.of("x", "1"),
            Header.of("original.tl-origin", "forged"),
            Header.of("original.original.tl-type", "mine"),
            new Header("n", null));

    assertThat(outputs).hasSize(2);
    OutputRecord letter = letter(outputs);
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isEqualTo(value);
    DeadLetter read = DeadLetter.of(letter.headers());
    assertThat(read.reason()).isEqualTo("malformed");
    assertThat(read.attempt()).isEqualTo(2);
    assertThat(read.firstSeen()).isEqualTo(FIRST_SEEN);
    assertThat(read.previous()).contains(new LetterId(0, 17));
    assertThat(read.place()).isEqualTo(new DeadLetter.Place("twinlog.ingress", 3, 42));
    assertThat(DeadLetterHeaders.originals(letter.headers()))
        .extracting(Header::key)
        .containsExactly("x", "original.tl-origin", "original.original.tl-type", "n");
    assertThat(result(outputs, CommandStatus.REFUSED).getReasons())
        .extracting(Reason::getCode)
        .containsExactly("dead_letter_again", "not_utf8");
  }

  @Test
  void triesARecordWithoutKeyAndValueAgain() throws Exception {
    List<OutputRecord> outputs =
        rig.send(
            Topic.COMMANDS,
            1,
            null,
            null,
            List.of(Header.of("tl-command", redrive(2, "twinlog.ingress"))));

    assertThat(letter(outputs).key()).isNull();
    assertThat(letter(outputs).value()).isNull();
    result(outputs, CommandStatus.REFUSED);
  }

  @Test
  void saysAtTheLastAttemptThatThereIsNoOther() throws Exception {
    List<OutputRecord> outputs = send(redrive(5, "twinlog.ingress"), "{");

    assertThat(header(letter(outputs), "dlq.reason")).isEqualTo("attempts_exhausted");
    assertThat(header(letter(outputs), "dlq.errors")).contains("not_json");
    assertThat(result(outputs, CommandStatus.REFUSED).getReasons().get(0).getMessage())
        .isEqualTo("it is a dead letter again: attempts_exhausted, attempt 5 of 5");
  }

  @Test
  void refusesAnAttemptTooManyAndWritesNothingElse() throws Exception {
    refused(send(redrive(6, "twinlog.ingress"), EVENT), "attempts_exhausted", "data.attempt");
    try (RouterRig strict = new RouterRig("router.redrive.max-attempts", "2")) {
      List<OutputRecord> outputs =
          strict.send(
              Topic.COMMANDS,
              1,
              KEY,
              EVENT.getBytes(UTF_8),
              List.of(Header.of("tl-command", redrive(3, "twinlog.ingress"))));
      refused(outputs, "attempts_exhausted", "data.attempt");
    }
    assertThatThrownBy(() -> new RouterRig("router.redrive.max-attempts", "1"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("too small");
  }

  @Test
  void refusesARedriveThatBreaksARule() throws Exception {
    refused(send(redrive(1, "twinlog.ingress"), EVENT), "invalid_command", "data.attempt");
    refused(send(redrive(2, "twinlog.device.log"), EVENT), "invalid_command", "data.topic");
    String ofAnother =
        replaced(redrive(2, "twinlog.ingress"), "{\"letter\":\"0/17\"", "{\"letter\":\"0/18\"");
    refused(send(ofAnother, EVENT), "invalid_command", "aggregate_id");
  }

  @Test
  void refusesToTryATickOrARedriveAgain() throws Exception {
    refused(
        send(redrive(2, "twinlog.ingress"), new byte[0], Header.of("original.tl-type", "tick")),
        "invalid_command",
        "");
    refused(
        send(
            redrive(2, "twinlog.commands"),
            new byte[0],
            Header.of("original.tl-command", redrive(2, "twinlog.ingress"))),
        "invalid_command",
        "");
  }

  @Test
  void refusesAnyOtherCommandThatCarriesARecord() throws Exception {
    List<OutputRecord> outputs = send(COMMAND, EVENT);

    assertThat(outputs).hasSize(1);
    assertThat(key(outputs.get(0))).isEqualTo("c-1");
    assertThat(singleObject.decode(outputs.get(0).value(), CommandResult.class).getReasons().get(0))
        .extracting(Reason::getCode, Reason::getPath)
        .containsExactly("invalid_command", "command");
  }

  @Test
  void refusesARedriveWithoutARecord() throws Exception {
    refused(rig.command(redrive(2, "twinlog.ingress")), "invalid_command", "");
  }

  @Test
  void makesADeadLetterOfARedriveThatCannotBeAnswered() throws Exception {
    List<OutputRecord> outputs = send("{", EVENT);

    assertThat(outputs).hasSize(1);
    assertThat(header(letter(outputs), "original.tl-command")).isEqualTo("{");
    assertThat(header(letter(outputs), "dlq.attempt")).isEqualTo("1");
    assertThat(letter(outputs).value()).isEqualTo(EVENT.getBytes(UTF_8));
  }

  @Test
  void believesNoHistoryOnIngress() throws Exception {
    Header[] forged = {
      Header.of("tl-command", redrive(4, "twinlog.ingress")), Header.of("tl-redrive", "4/5/1/0/1")
    };

    List<OutputRecord> good = rig.event(EVENT, forged);
    List<OutputRecord> bad = rig.event("{", forged);

    assertThat(good).hasSize(1);
    assertThat(good.get(0).topic()).isEqualTo("twinlog.events.domain");
    assertThat(good.get(0).headers())
        .extracting(Header::key)
        .doesNotContain("tl-redrive", "tl-command");
    assertThat(bad).hasSize(1);
    assertThat(header(letter(bad), "dlq.attempt")).isEqualTo("1");
    assertThat(header(letter(bad), "original.tl-redrive")).isEqualTo("4/5/1/0/1");
    assertThat(letter(bad).headers()).extracting(Header::key).doesNotContain("dlq.previous");
  }

  @Test
  void believesNoHistoryOnCommandsButThatOfARedrive() throws Exception {
    List<OutputRecord> outputs =
        rig.send(
            Topic.COMMANDS,
            1,
            KEY,
            COMMAND.getBytes(UTF_8),
            List.of(Header.of("tl-redrive", "4/5/1/0/1")));

    assertThat(outputs.get(0).headers()).extracting(Header::key).doesNotContain("tl-redrive");
  }

  @Test
  void letsTimeToLiveCountOnFromWhenTheEventWasWritten() throws Exception {
    List<OutputRecord> outputs =
        send(redrive(2, "twinlog.ingress"), replaced(EVENT, "\"ttl\":60000", "\"ttl\":999"));

    assertThat(header(letter(outputs), "dlq.reason")).isEqualTo("expired");
  }

  @Test
  void triesTheLargestDocumentAgain() throws Exception {
    String payload = "{\"device_id\":\"d-1\",\"text\":[" + "\"x\",".repeat(60_000) + "\"\"]}";

    List<OutputRecord> outputs =
        send(redrive(2, "twinlog.ingress"), event("factory.report", payload));

    assertThat(payload.length()).isGreaterThan(230_000);
    result(outputs, CommandStatus.ACCEPTED);
  }

  @Test
  void recordsThatALetterIsDiscarded() throws Exception {
    String discard = command("DiscardDeadLetter", "{\"letter\":\"0/17\",\"note\":\"junk\"}");

    List<OutputRecord> outputs = rig.command(discard);

    assertThat(outputs).hasSize(1);
    CommandResult result = singleObject.decode(outputs.get(0).value(), CommandResult.class);
    assertThat(result.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
    assertThat(result.getCommand()).isEqualTo("DiscardDeadLetter");
  }

  private byte[] handlersOutput(String what) {
    Event event =
        singleObject.decode(IngressExamples.bytes(IngressExamples.avroEvent()), Event.class);
    event.setEventType("data.collected");
    byte[] payload = ("{\"device_id\":\"d-1\",\"data\":{\"do\":\"" + what + "\"}}").getBytes(UTF_8);
    event.setData(new EventData(ByteBuffer.wrap(payload), "1", Encoding.JSON));
    return singleObject.encode(event);
  }

  @Test
  void givesNoHandlerWhatAHandlerHasMade() throws Exception {
    byte[] value = handlersOutput("two");
    List<OutputRecord> outputs = send(redrive(2, "twinlog.events.domain"), value);

    assertThat(outputs).hasSize(2);
    assertThat(header(outputs.get(0), "tl-type")).isEqualTo("data.collected");
    assertThat(singleObject.decode(outputs.get(0).value(), Event.class).getId())
        .isEqualTo(singleObject.decode(value, Event.class).getId());
  }

  @Test
  void givesTheHandlerAgainWhatItHasNotHandled() throws Exception {
    List<OutputRecord> outputs =
        send(
            redrive(2, "twinlog.events.domain"),
            handlersOutput("two"),
            Header.of("original.tl-failed", "no route to host"));

    assertThat(outputs).hasSize(3);
    assertThat(header(outputs.get(0), "tl-type")).isEqualTo("device.heartbeat");
  }
}
