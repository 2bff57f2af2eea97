// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.telemetry.Flag;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.ScoredRecord;
import io.twinlog.domain.telemetry.TelemetryFact.AnomalyFound;
import io.twinlog.domain.telemetry.TelemetryFact.Triggered;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.json.ExactJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What is told of the telemetry of a device, as records, events and commands. */
public final class TelemetryRecords {
  /** Service id of what the telemetry job says itself. */
  public static final String SERVICE = "twinlog";

  public static final String ANOMALY = "system.telemetry_anomaly";

  private static final String COMPONENT = "telemetry";

  private TelemetryRecords() {}

  /** An anomaly as an event of {@code events.error}. Its id is derived from record and rule. */
  public static Event anomaly(AnomalyFound anomaly, String correlationId, String causationId) {
    ScoredRecord record = anomaly.record();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", anomaly.name())
        .put("severity", anomaly.severity().text())
        .put("message", anomaly.message());
    payload
        .put("device_id", record.deviceId())
        .put("model", record.model())
        .put("data_id", record.dataId())
        .put("score", record.score())
        .put("held", anomaly.held());
    ObjectNode labels = payload.putObject("labels");
    if (!record.model().isEmpty()) {
      labels.put("model", record.model());
    }
    var flags = payload.putArray("flags");
    for (Flag flag : record.flags()) {
      flags.add(flag.path());
    }
    return Event.newBuilder()
        .setId(derivedId("anomaly", record, anomaly.name()))
        .setEventType(ANOMALY)
        .setSource(new EventSource(SERVICE, COMPONENT, "1"))
        .setTimestamp(Instant.ofEpochMilli(record.measurement().timestamp()))
        .setData(json(payload.toString()))
        .setMetadata(
            EventMetadata.newBuilder()
                .setPriority(priority(anomaly))
                .setCorrelationId(correlationId)
                .setCausationId(causationId)
                .build())
        .build();
  }

  private static Priority priority(AnomalyFound anomaly) {
    return switch (anomaly.severity()) {
      case LOW -> Priority.LOW;
      case MEDIUM -> Priority.NORMAL;
      case HIGH -> Priority.HIGH;
      case CRITICAL -> Priority.CRITICAL;
    };
  }

  private static EventData json(String payload) {
    return new EventData(
        ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON);
  }

  private static String derivedId(String kind, ScoredRecord record, String name) {
    // Two sources may give their events of one device the same id; hardly at the same time.
    String of = record.dataId() + '/' + record.revision() + '/' + record.measurement().timestamp();
    return kind + '-' + Long.toHexString(IdHash.of(record.deviceId(), of, name));
  }

  /**
   * The command that a trigger gives, as JSON of {@code commands}.
   *
   * @param correlationId of what fired it
   * @param causationId of what fired it
   */
  public static byte[] command(
      Triggered triggered, Action.Command action, String correlationId, String causationId) {
    ScoredRecord record = triggered.record();
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    command
        .put("id", derivedId("rule", record, triggered.name()))
        .put("command", action.command())
        .put("aggregate_id", record.deviceId())
        .put("author", "rule " + triggered.name())
        .put("timestamp", record.processedAt());
    command.set("data", ExactJson.read(action.data()));
    command
        .putObject("metadata")
        .put("correlation_id", correlationId)
        .put("causation_id", causationId);
    return command.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The event that a trigger makes, as an envelope of {@code ingress}. */
  public static Event event(
      Triggered triggered, Action.Event action, String correlationId, String causationId) {
    ScoredRecord record = triggered.record();
    return Event.newBuilder()
        .setId(derivedId("rule", record, triggered.name()))
        .setEventType(action.eventType())
        .setSource(new EventSource(SERVICE, record.deviceId(), "1"))
        .setTimestamp(Instant.ofEpochMilli(record.processedAt()))
        .setData(json(action.payload()))
        .setMetadata(
            EventMetadata.newBuilder()
                .setPriority(Priority.NORMAL)
                .setCorrelationId(correlationId)
                .setCausationId(causationId)
                .build())
        .build();
  }
}
