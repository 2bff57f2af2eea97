// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.Snooze;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.rules.ValidationRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.rules.Scenario.Heard;
import io.twinlog.rules.Scenario.OfAlert;
import io.twinlog.rules.Scenario.OfSilence;
import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.AlertState;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.Notification;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.AlertReexecution;
import io.twinlog.wire.escalation.Silences;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * What happens to alerts, in a test's own words, and what the topology makes of it on a cluster.
 */
final class EscalationRig {
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  private static final int LIMIT = 200_000;

  private final TestingInbox inbox = new TestingInbox(Topic.EVENTS_ERROR).tick();
  private final SingleObject singleObject = new SingleObject();
  private SerializableFunction<Long, EscalationRules> rules = version -> EscalationRules.DEFAULT;
  private long clock = SECOND;
  private List<OutputRecord> outputs = List.of();
  private int ids;

  EscalationRig by(SerializableSupplier<EscalationRules> others) {
    rules = version -> others.get();
    return this;
  }

  EscalationRig byVersions(SerializableFunction<Long, EscalationRules> others) {
    rules = others;
    return this;
  }

  /** Time passes up to this clock, and everybody knows. */
  void until(long to) {
    inbox.afterMillis(to - clock).tick();
    clock = to;
  }

  /** What a scenario comes to, at its time. */
  void hears(Heard heard) {
    if (heard.clock() > clock) {
      until(heard.clock());
    }
    if (heard instanceof OfSilence silence) {
      hears(silence);
      return;
    }
    OfAlert alert = (OfAlert) heard;
    inbox.rules(alert.version());
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("device_id", alert.source().name()).put("code", alert.source().code());
    if (alert.command() instanceof ErrorReported error) {
      payload
          .putObject("error")
          .put("code", error.code())
          .put("severity", error.severity().text())
          .put("message", error.message());
      error.labels().forEach(payload.putObject("labels")::put);
      event(alert, error.eventId(), "device.error", payload);
    } else if (alert.command() instanceof StateReported state) {
      state.labels().forEach(payload.putObject("labels")::put);
      event(alert, state.eventId(), "device.offline", payload);
    } else if (alert.command() instanceof CauseGone gone) {
      event(alert, gone.eventId(), "device.recovered", payload);
    } else if (alert.command() instanceof RecoveryEnded ended) {
      AlertId id = new AlertId(alert.source().key(), ended.opening());
      payload.put("recovery_id", id + "/" + ended.attempt());
      String type = ended.succeeded() ? "recovery.succeeded" : "recovery.failed";
      event(alert, ended.eventId(), type, payload);
    } else {
      OfPerson command = (OfPerson) alert.command();
      AlertId id = new AlertId(alert.source().key(), command.opening());
      String name = command.getClass().getSimpleName() + "Alert";
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      if (command instanceof Snooze snooze) {
        data.put("for_ms", snooze.forMillis());
      }
      inbox.command(id.key(), id.toString(), "c-" + ++ids, name, data.toString());
    }
  }

  private void event(OfAlert alert, String id, String type, ObjectNode payload) {
    inbox.event(alert.source().name(), id, type, payload.toString());
  }

  private void hears(OfSilence silence) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (Matcher matcher : silence.command().matchers()) {
      data.withArray("matchers")
          .addObject()
          .put("label", matcher.label())
          .put("op", matcher.op().text())
          .put("value", matcher.value());
    }
    data.put("ends_at", silence.command().endsAt()).put("reason", "works");
    inbox.command(
        Silences.key(silence.id()), silence.id(), "c-" + ++ids, Silences.COMMAND, data.toString());
  }

  static String key(String device, String code) {
    return AlertId.key(device, code);
  }

  static String error(String device, String code, String severity, String site) {
    return "{\"device_id\":\"%s\",\"error\":{\"code\":\"%s\",\"severity\":\"%s\",\"message\":\"it is\"},\"labels\":{\"model\":\"M\",\"site\":\"%s\"}}"
        .formatted(device, code, severity, site);
  }

  EscalationRig fails(String device, String code, String severity) {
    return fails(device, code, severity, "north");
  }

  EscalationRig fails(String device, String code, String severity, String site) {
    return says(device, "device.error", error(device, code, severity, site));
  }

  EscalationRig recovers(String device, String code) {
    return says(
        device, "device.recovered", "{\"device_id\":\"" + device + "\",\"code\":\"" + code + "\"}");
  }

  EscalationRig says(String device, String type, String payload) {
    inbox.event(device, "e-" + ++ids, type, payload);
    return this;
  }

  EscalationRig repeatLast(int count) {
    inbox.repeatLast(count);
    return this;
  }

  /** So long passes, and everybody knows. */
  EscalationRig after(long millis) {
    inbox.afterMillis(millis).tick();
    return this;
  }

  EscalationRig command(String alertId, String name, String data) {
    String key = AlertId.of(alertId).orElseThrow().key();
    inbox.command(key, alertId, "c-" + ++ids, name, data);
    return this;
  }

  EscalationRig silences(String id, String label, String value, long endsAtMillis) {
    inbox.command(
        Silences.key(id),
        id,
        "c-" + ++ids,
        Silences.COMMAND,
        "{\"matchers\":[{\"label\":\"%s\",\"op\":\"=\",\"value\":\"%s\"}],\"ends_at\":%d,\"reason\":\"works\"}"
            .formatted(label, value, TestingInbox.BEGINNING.toEpochMilli() + endsAtMillis));
    return this;
  }

  EscalationRig run(int parallelism) throws Exception {
    Configuration settings = new Configuration();
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    environment.setParallelism(parallelism);
    DataStream<SourceRecord> source =
        environment
            .fromData(inbox.records(), SourceRecord.TYPE)
            .uid("inbox")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.forGenerator(context -> StatefulTopology.watermarks()))
            .uid("watermarks")
            .keyBy(SourceRecord::partition, Types.INT);
    SerializableFunction<Long, EscalationRules> escalation = rules;
    EscalationTopology.Written written =
        EscalationTopology.of(
            source,
            EscalationJobSettings.of(settings),
            TestingInbox.topics(),
            () -> version -> set(version, escalation.apply(version)));
    outputs = written.alerts().union(written.gathered()).executeAndCollect(LIMIT);
    requireReexecutable();
    return this;
  }

  /** What is derived again of each alert, from its inbox partition alone, is what the job wrote. */
  private void requireReexecutable() {
    Map<String, List<AlertLog>> logs = new TreeMap<>();
    for (AlertLog log : records(Topic.ALERT_LOG, AlertLog.class)) {
      String key = log.getEventId().substring(0, log.getEventId().indexOf('/'));
      logs.computeIfAbsent(key, k -> new ArrayList<>()).add(log);
    }
    logs.forEach((key, log) -> assertThat(reexecuted(key)).as(key).isEqualTo(log));
  }

  private List<AlertLog> reexecuted(String key) {
    int partition = Partitions.of(key.getBytes(UTF_8), TestingInbox.PARTITIONS);
    AlertReexecution reexecution = new AlertReexecution(key, rules::apply);
    for (SourceRecord record : inbox.records()) {
      if (record.partition() == partition) {
        reexecution.read(record.key(), record.value(), record.headers());
      }
    }
    return reexecution.end();
  }

  private static RuleSet set(long version, EscalationRules escalation) {
    return new RuleSet(
        version, RoutingRules.DEFAULT, ValidationRules.DEFAULT, QualityRules.DEFAULT, escalation);
  }

  List<OutputRecord> of(Topic topic) {
    return outputs.stream().filter(output -> output.topic().equals(topic.in("twinlog."))).toList();
  }

  <R extends SpecificRecordBase> List<R> records(Topic topic, Class<R> type) {
    return of(topic).stream()
        .filter(output -> output.value() != null)
        .map(output -> singleObject.decode(output.value(), type))
        .toList();
  }

  /** Seconds of the clock since the beginning, and the event, of each line of one alert's log. */
  List<String> log(String key) {
    return records(Topic.ALERT_LOG, AlertLog.class).stream()
        .filter(log -> log.getAlertId().startsWith(key))
        .map(log -> (log.getClock() - SECOND) / SECOND + " " + log.getEvent())
        .toList();
  }

  /** {@code seconds target why severity firing} of each notification. */
  List<String> told() {
    return records(Topic.NOTIFICATIONS, Notification.class).stream()
        .map(
            told ->
                "%d %s %s %s %d"
                    .formatted(
                        (told.getAt().toEpochMilli()
                                - TestingInbox.BEGINNING.toEpochMilli()
                                - SECOND)
                            / SECOND,
                        told.getTarget(),
                        told.getWhy(),
                        told.getSeverity(),
                        told.getFiring()))
        .sorted(java.util.Comparator.comparingLong(line -> Long.parseLong(line.split(" ")[0])))
        .toList();
  }

  /** State and what mutes it, as each projection of one alert tells. */
  List<String> states(String key) {
    return records(Topic.ALERT_STATE, AlertState.class).stream()
        .filter(state -> state.getAlertId().startsWith(key))
        .map(state -> state.getState() + " " + state.getMutedBy())
        .toList();
  }

  List<String> results() {
    return records(Topic.COMMAND_RESULTS, CommandResult.class).stream()
        .map(
            result ->
                result.getStatus()
                    + " "
                    + result.getVersion()
                    + result.getReasons().stream().map(r -> " " + r.getCode()).toList())
        .toList();
  }

  /** All of it, by topic and key, in order. */
  Map<String, List<String>> perKey() {
    Map<String, List<String>> result = new TreeMap<>();
    for (OutputRecord output : outputs) {
      if (output.topic().endsWith("ledger")) {
        continue;
      }
      String value =
          output.value() == null ? "-" : Base64.getEncoder().encodeToString(output.value());
      String headers =
          output.headers().stream()
              .filter(header -> !header.key().equals("tl-type"))
              .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
              .toList()
              .toString();
      result
          .computeIfAbsent(
              output.topic() + " " + new String(output.key(), UTF_8), k -> new ArrayList<>())
          .add(value + " " + headers);
    }
    return result;
  }
}
