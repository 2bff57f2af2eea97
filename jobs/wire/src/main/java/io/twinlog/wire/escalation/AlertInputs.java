// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertCommand;
import io.twinlog.domain.escalation.AlertCommand.Author;
import io.twinlog.domain.escalation.AlertCommand.CauseGone;
import io.twinlog.domain.escalation.AlertCommand.ErrorReported;
import io.twinlog.domain.escalation.AlertCommand.OfPerson;
import io.twinlog.domain.escalation.AlertCommand.RecoveryEnded;
import io.twinlog.domain.escalation.AlertCommand.StateReported;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Absent;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.RecoveryId;
import io.twinlog.wire.ingress.ErrorKeys;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What events and commands of {@code events.error} say. Their shape was checked by the router; here
 * they get their meaning.
 */
public final class AlertInputs {
  /** Of a message an alert keeps so many characters; error.records has the whole. */
  static final int MESSAGE_MAX = 1_024;

  /** Of labels an alert keeps so many, in their order; error.records has them all. */
  static final int LABELS_MAX = 16;

  /** Of the value of a label an alert keeps so many characters. */
  static final int VALUE_MAX = 256;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AlertInputs() {}

  /**
   * An event as an alert hears it.
   *
   * @param payload its tree
   * @param command what it reports; empty: it names no attempt to recover, as it must
   * @param correlationId root of its flow: itself, where it names none
   * @param occurredAt event time, epoch ms, clamped to log time where it ran ahead
   */
  public record Reported(
      Event event,
      JsonNode payload,
      Optional<AlertCommand> command,
      String correlationId,
      long occurredAt) {}

  /**
   * Reads one.
   *
   * @param ahead whether the router has flagged that its timestamp runs ahead of log time, which
   *     then stands in for it
   */
  public static Reported reported(Event event, boolean ahead, long logTime) {
    JsonNode payload = ErrorKeys.payload(event);
    String correlation = Absent.orEmpty(event.getMetadata().getCorrelationId());
    long occurredAt = ahead ? logTime : event.getTimestamp().toEpochMilli();
    return new Reported(
        event,
        payload,
        of(event, payload, occurredAt),
        correlation.isEmpty() ? event.getId() : correlation,
        occurredAt);
  }

  /**
   * What an event reports; empty: it names no attempt to recover, as it must.
   *
   * @param payload of the event, as {@link ErrorKeys#payload} reads it
   * @param occurredAt event time, epoch milliseconds, clamped to log time where it ran ahead
   */
  static Optional<AlertCommand> of(Event event, JsonNode payload, long occurredAt) {
    return switch (event.getEventType()) {
      case "device.offline" -> Optional.of(state(event, payload, occurredAt));
      case "device.recovered", "device.online", PlatformErrors.SERVICE_RESTORED ->
          Optional.of(new CauseGone(event.getId(), occurredAt));
      case "recovery.succeeded" -> ended(event, payload, occurredAt, true);
      case "recovery.failed" -> ended(event, payload, occurredAt, false);
      default -> Optional.of(error(event, payload, occurredAt));
    };
  }

  private static Optional<AlertCommand> ended(
      Event event, JsonNode payload, long occurredAt, boolean succeeded) {
    Optional<RecoveryId> recovery = ErrorKeys.recoveryId(payload);
    return recovery.map(
        id ->
            new RecoveryEnded(
                event.getId(), id.alert().opening(), id.attempt(), succeeded, occurredAt));
  }

  private static AlertCommand state(Event event, JsonNode payload, long occurredAt) {
    return new StateReported(
        event.getId(),
        ErrorKeys.source(event, payload),
        ErrorKeys.code(event, payload),
        cut(payload.path("message").asText(""), MESSAGE_MAX),
        labels(payload),
        occurredAt);
  }

  private static AlertCommand error(Event event, JsonNode payload, long occurredAt) {
    return new ErrorReported(
        event.getId(),
        ErrorKeys.source(event, payload),
        ErrorKeys.code(event, payload),
        severity(event, payload),
        cut(message(event, payload), MESSAGE_MAX),
        labels(payload),
        occurredAt);
  }

  /** An error without a severity takes it from its priority. */
  static Severity severity(Event event, JsonNode payload) {
    String told = payload.path("error").path("severity").asText("");
    if (!told.isEmpty()) {
      return Severity.of(told);
    }
    Priority priority = event.getMetadata().getPriority();
    return switch (priority) {
      case LOW -> Severity.LOW;
      case NORMAL -> Severity.MEDIUM;
      case HIGH -> Severity.HIGH;
      case CRITICAL -> Severity.CRITICAL;
    };
  }

  /** Of an error that is told as text, the text. */
  static String message(Event event, JsonNode payload) {
    boolean text = event.getData().getEncoding() == Encoding.TEXT;
    return text
        ? StandardCharsets.UTF_8.decode(event.getData().getPayload().duplicate()).toString()
        : payload.path("error").path("message").asText("");
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static SortedMap<String, String> labels(JsonNode payload) {
    TreeMap<String, String> labels = allLabels(payload);
    while (labels.size() > LABELS_MAX) {
      labels.remove(labels.lastKey());
    }
    labels.replaceAll((name, value) -> cut(value, VALUE_MAX));
    return Collections.unmodifiableSortedMap(labels);
  }

  static TreeMap<String, String> allLabels(JsonNode payload) {
    TreeMap<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : payload.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText(""));
    }
    return labels;
  }

  /** What a command to an alert asks for; empty: it is none. */
  public static Optional<OfPerson> of(Command command) {
    Optional<AlertId> alert = AlertId.of(command.getAggregateId());
    if (alert.isEmpty()) {
      return Optional.empty();
    }
    long opening = alert.get().opening();
    JsonNode data = arguments(command);
    Author by = new Author(Absent.orEmpty(command.getAuthor()), data.path("note").asText(""));
    return switch (command.getCommand()) {
      case "AcknowledgeAlert" -> Optional.of(new AlertCommand.Acknowledge(opening, by));
      case "ResolveAlert" -> Optional.of(new AlertCommand.Resolve(opening, by));
      case "SnoozeAlert" ->
          Optional.of(new AlertCommand.Snooze(opening, by, data.path("for_ms").asLong(0)));
      case "AssignAlert" ->
          Optional.of(new AlertCommand.Assign(opening, by, data.path("assignee").asText("")));
      default -> Optional.empty();
    };
  }

  static JsonNode arguments(Command command) {
    try {
      return JSON.readTree(command.getData());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the router lets no such arguments pass: " + e.getMessage(), e);
    }
  }
}
