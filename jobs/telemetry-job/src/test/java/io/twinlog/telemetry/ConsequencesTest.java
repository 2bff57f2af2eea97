// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Severity;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.testkit.OperatorRig;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.Header;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.CommandDecoder;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What follows from a record, and from the result that it gets: records, commands, events and
 * errors as they are written, for others to read. And what becomes of a rule that is broken.
 */
class ConsequencesTest {
  /** Whether the rule with a defect has it now. */
  private static final AtomicBoolean BROKEN = new AtomicBoolean();

  private final TestingInbox inbox = new TestingInbox();
  private final SingleObject codec = new SingleObject();
  private OperatorRig telemetry;

  /** A condition in Java, as rules of a document have them in their own language. */
  private record Says(String text, Predicate<Map<String, ?>> holds) implements Condition {
    @Override
    public boolean holds(Map<String, ?> facts) {
      return holds.test(facts);
    }
  }

  private static RuleBook rules() {
    QualityRules shipped = QualityRules.DEFAULT;
    TreeMap<String, MetricRules> metrics = new TreeMap<>();
    metrics.put("temperature", metric(new Check.Range(-50, 100, Check.Cost.HARD)));
    metrics.put(
        "pressure",
        metric(
            new Check.Expression(
                "broken", new Says("a defect", ConsequencesTest::fails), "", Check.Cost.soft(1))));
    QualityRules quality =
        new QualityRules(
            shipped.threshold(),
            shipped.timeliness(),
            shipped.keeping(),
            shipped.statistics(),
            shipped.everyMetric(),
            metrics,
            shipped.models(),
            List.of(
                new Anomaly(
                    "sensor_broken",
                    List.of("temperature/range"),
                    null,
                    Severity.HIGH,
                    "out of range")),
            List.of(
                new Trigger(
                    "throttle",
                    new Says("result.hot", facts -> isHot(facts)),
                    new Action.Command(
                        "ConfigureDevice", "{\"configuration\":{\"interval_s\":10}}")),
                new Trigger(
                    "fault",
                    new Says("result.hot", facts -> isHot(facts)),
                    new Action.Event(
                        "device.error",
                        "{\"error\":{\"code\":\"hot\",\"severity\":\"high\",\"message\":\"\"}}"))));
    return RuleBook.of(new RuleSet(0, RoutingRules.DEFAULT, ValidationRules.DEFAULT, quality));
  }

  private static boolean isHot(Map<String, ?> facts) {
    return facts.get("result") instanceof Map<?, ?> result
        && Boolean.TRUE.equals(result.get("hot"));
  }

  private static MetricRules metric(Check check) {
    return new MetricRules(List.of(check), MetricRules.INHERITED);
  }

  private static boolean fails(Map<String, ?> facts) {
    if (BROKEN.get()) {
      throw new IllegalStateException("no such sensor");
    }
    return true;
  }

  @BeforeEach
  void open() throws Exception {
    BROKEN.set(false);
    telemetry =
        new OperatorRig(
            inbox,
            TelemetryJob.operator(
                new Configuration(), TestingInbox.topics(), ConsequencesTest::rules));
    inbox.event("d", "r", "device.registered", "{\"model\":\"T20\"}");
    telemetry.take();
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  private List<OutputRecord> event(String id, String type, String payload) throws Exception {
    inbox.afterMillis(1_000).event("d", id, type, payload);
    return telemetry.take();
  }

  private List<OutputRecord> measured(String id, String data) throws Exception {
    return event(id, "data.collected", "{\"data\":{" + data + "}}");
  }

  private List<OutputRecord> processed(String id, String dataId, String result) throws Exception {
    String payload = "{\"data_id\":\"" + dataId + "\",\"result\":" + result + "}";
    return event(id, "data.processed", payload);
  }

  private static List<OutputRecord> of(Topic topic, List<OutputRecord> outputs) {
    return outputs.stream().filter(output -> output.topic().equals(topic.in("twinlog."))).toList();
  }

  private <T extends SpecificRecordBase> T one(
      Topic topic, Class<T> type, List<OutputRecord> outputs) {
    List<OutputRecord> found = of(topic, outputs);
    assertThat(found).as(topic.text()).hasSize(1);
    return codec.decode(found.get(0).value(), type);
  }

  @Test
  void aResultIsANewRevisionOfItsRecord() throws Exception {
    measured("m-1", "\"temperature\":20.5");

    List<OutputRecord> outputs = processed("p-1", "d/m-1", "{\"class\":\"calm\"}");

    assertThat(outputs).hasSize(1);
    TelemetryRecord record = one(Topic.TELEMETRY_RECORDS, TelemetryRecord.class, outputs);
    assertThat(record.getDataId()).isEqualTo("d/m-1");
    assertThat(record.getRevision()).isEqualTo(2);
    assertThat(record.getResult()).isEqualTo("{\"class\":\"calm\"}");
    assertThat(record.getProcessedAt()).isEqualTo(TestingInbox.BEGINNING.plusMillis(3_000));
    assertThat(record.getData()).isEqualTo(Map.of("temperature", 20.5));
    assertThat(new String(outputs.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("d");
  }

  @Test
  void aResultOfAnUnknownRecordIsADeadLetter() throws Exception {
    measured("m-1", "\"temperature\":20.5");

    List<OutputRecord> outputs = processed("p-1", "d/m-2", "{\"hot\":true}");

    assertThat(outputs).hasSize(1);
    List<OutputRecord> letters = of(Topic.DEAD_LETTERS, outputs);
    assertThat(Header.text(letters.get(0).headers(), "dlq.reason")).contains("unknown_data_id");
    assertThat(Header.text(letters.get(0).headers(), "dlq.errors").orElseThrow())
        .contains("data.payload.data_id")
        .contains("d/m-2");
    List<io.twinlog.flink.SourceRecord> all = inbox.records();
    assertThat(letters.get(0).value()).isEqualTo(all.get(all.size() - 1).value());
  }

  @Test
  void aResultThatCameTooLateIsADeadLetter() throws Exception {
    measured("m-1", "\"temperature\":20.5");
    inbox.afterMillis(QualityRules.Keeping.DEFAULT.forMillis());

    List<OutputRecord> outputs = processed("p-1", "d/m-1", "1");

    assertThat(of(Topic.DEAD_LETTERS, outputs)).hasSize(1);
    assertThat(of(Topic.TELEMETRY_RECORDS, outputs)).isEmpty();
  }

  @Test
  void aTriggerGivesACommandAndAnEventThatTheRouterTakes() throws Exception {
    measured("m-1", "\"temperature\":20.5");

    List<OutputRecord> outputs = processed("p-1", "d/m-1", "{\"hot\":true}");

    Catalogue catalogue = Catalogue.installed(true);
    byte[] ordered = of(Topic.COMMANDS, outputs).get(0).value();
    Decoded<Command> command =
        new CommandDecoder(catalogue, DecoderLimits.DEFAULT).decode(ordered, null);
    assertThat(command).isInstanceOf(Decoded.Valid.class);
    Command accepted = ((Decoded.Valid<Command>) command).value();
    assertThat(accepted.getCommand()).isEqualTo("ConfigureDevice");
    assertThat(accepted.getAggregateId()).isEqualTo("d");
    assertThat(accepted.getMetadata().getCausationId()).isEqualTo("p-1");
    byte[] made = of(Topic.INGRESS, outputs).get(0).value();
    Decoded<Event> event = new EventDecoder(catalogue, DecoderLimits.DEFAULT).decode(made, null);
    assertThat(event).isInstanceOf(Decoded.Valid.class);
    Event derived = ((Decoded.Valid<Event>) event).value();
    assertThat(derived.getEventType()).isEqualTo("device.error");
    assertThat(derived.getSource().getComponentId()).isEqualTo("d");
    assertThat(derived.getMetadata().getCorrelationId()).isEqualTo("p-1");
    assertThat(derived.getId()).isNotEqualTo(accepted.getId());
  }

  @Test
  void theSameResultOnceMoreTriggersNothing() throws Exception {
    measured("m-1", "\"temperature\":20.5");
    processed("p-1", "d/m-1", "{\"hot\":true}");

    assertThat(processed("p-1", "d/m-1", "{\"hot\":true}")).isEmpty();
  }

  @Test
  void anAnomalyIsAnErrorThatIsToldOnceInAWhile() throws Exception {
    List<OutputRecord> first = measured("m-1", "\"temperature\":300");
    List<OutputRecord> second = measured("m-2", "\"temperature\":301");

    TelemetryRecord rejected = one(Topic.TELEMETRY_REJECTED, TelemetryRecord.class, first);
    assertThat(rejected.getFlags()).anyMatch(flag -> flag.getHard());
    Event error = one(Topic.EVENTS_ERROR, Event.class, first);
    assertThat(error.getEventType()).isEqualTo("system.telemetry_anomaly");
    assertThat(new String(error.getData().getPayload().array(), StandardCharsets.UTF_8))
        .contains("\"code\":\"sensor_broken\"")
        .contains("\"severity\":\"high\"")
        .contains("\"data_id\":\"d/m-1\"");
    assertThat(of(Topic.EVENTS_ERROR, second)).isEmpty();
    assertThat(of(Topic.TELEMETRY_REJECTED, second)).hasSize(1);
  }

  /** Of a stranger nothing but rejected records is known: that must be remembered all the same. */
  @Test
  void aStrangerWhoseRecordsAreAllRejectedIsNotForgottenBetweenThem() throws Exception {
    inbox.event("stranger", "m-1", "data.collected", "{\"data\":{\"temperature\":300}}");
    assertThat(of(Topic.EVENTS_ERROR, telemetry.take())).hasSize(1);

    inbox
        .event("stranger", "m-1", "data.collected", "{\"data\":{\"temperature\":300}}")
        .event("stranger", "m-2", "data.collected", "{\"data\":{\"temperature\":300}}");
    List<OutputRecord> outputs = telemetry.take();

    assertThat(of(Topic.TELEMETRY_REJECTED, outputs)).hasSize(1);
    assertThat(of(Topic.EVENTS_ERROR, outputs)).isEmpty();
  }

  @Test
  void aDefectOfARuleParksTheKeyOfThisJobUntilItIsRedrivenHere() throws Exception {
    BROKEN.set(true);

    List<OutputRecord> failed = measured("m-1", "\"pressure\":1");

    Parked parked = one(Topic.PARKED, Parked.class, failed);
    assertThat(parked.getJob()).isEqualTo("telemetry");
    assertThat(parked.getChange()).isEqualTo(ParkedChange.HELD);
    assertThat(parked.getReasons().get(0).getMessage()).contains("no such sensor");
    assertThat(of(Topic.EVENTS_ERROR, failed)).hasSize(1);
    assertThat(of(Topic.PARKED, measured("m-2", "\"temperature\":1"))).hasSize(1);
    BROKEN.set(false);
    assertThat(redrive("c-1", "{}")).as("the device job's").isEmpty();
    List<OutputRecord> redriven = redrive("c-2", "{\"job\":\"telemetry\"}");
    assertThat(of(Topic.TELEMETRY_RECORDS, redriven))
        .map(output -> codec.decode(output.value(), TelemetryRecord.class).getDataId())
        .containsExactly("d/m-1", "d/m-2");
    assertThat(of(Topic.PARKED, redriven))
        .map(output -> codec.decode(output.value(), Parked.class).getChange())
        .containsOnly(ParkedChange.RELEASED);
    assertThat(one(Topic.COMMAND_RESULTS, CommandResult.class, redriven).getStatus())
        .isEqualTo(CommandStatus.ACCEPTED);
  }

  private List<OutputRecord> redrive(String id, String data) throws Exception {
    inbox.afterMillis(1_000).command("d", id, "RedriveParked", data);
    return telemetry.take();
  }
}
