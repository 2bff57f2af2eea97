// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.Policy.Recovery;
import io.twinlog.schemas.ErrorRecord;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.RecoveryRequest;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.RecoveryId;
import io.twinlog.wire.ingress.ErrorKeys;
import java.time.Instant;
import java.util.TreeMap;

/** What is written of errors and of attempts to recover. */
public final class AlertRecords {
  private AlertRecords() {}

  /**
   * The record of an error.
   *
   * @param payload of the event, as {@link ErrorKeys#payload} reads it
   * @param severity that the event says, or that was made of it
   * @param occurredAt event time, clamped to log time where it ran ahead
   */
  public static ErrorRecord error(
      Event event, JsonNode payload, Severity severity, long occurredAt, long rulesVersion) {
    String message = AlertInputs.message(event, payload);
    // Of each error there is one: a builder would cost as much as all else here.
    return new ErrorRecord(
        event.getId(),
        event.getEventType(),
        ErrorKeys.source(event, payload),
        ErrorKeys.code(event, payload),
        severity.text(),
        message.isEmpty() ? payload.path("message").asText("") : message,
        AlertInputs.allLabels(payload),
        event.getTimestamp(),
        Instant.ofEpochMilli(occurredAt),
        event.getMetadata().getCorrelationId(),
        event.getMetadata().getCausationId(),
        rulesVersion);
  }

  /** The id of the alert that a state is of. */
  public static AlertId id(AlertState state) {
    return new AlertId(state.key(), state.opening());
  }

  /**
   * The request of an attempt.
   *
   * @param recovery by the policy of its level
   * @param at log time, epoch ms
   */
  public static RecoveryRequest recovery(AlertState state, Recovery recovery, long at) {
    int attempt = state.recovery().number();
    return RecoveryRequest.newBuilder()
        .setRecoveryId(new RecoveryId(id(state), attempt).toString())
        .setAlertId(id(state).toString())
        .setAttempt(attempt)
        .setAttempts(recovery.attempts())
        .setSource(state.source())
        .setCode(state.code())
        .setSeverity(state.severity().text())
        .setMessage(state.message())
        .setLabels(new TreeMap<>(state.labels()))
        .setCauses(state.causes())
        .setRequestedAt(Instant.ofEpochMilli(at))
        .setAnswerWithinMs(recovery.answerWithin())
        .build();
  }
}
