// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.twinlog.schemas.Event;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.RecoveryId;
import io.twinlog.wire.ingress.Payloads.UnreadablePayloadException;
import java.util.Optional;

/**
 * Which alert an event of {@code events.error} is about, by its source and its code. Does not know
 * whether there is one. Sources: docs/reference/events.md, "Source and code of an error".
 */
public final class ErrorKeys {
  private static final String RECOVERY = "recovery.";
  private static final String RECOVERY_ID = "recovery_id";

  private ErrorKeys() {}

  /** The key of its alert; of a recovery that names none the event's id. */
  public static String of(Event event) {
    JsonNode payload = payload(event);
    return event.getEventType().startsWith(RECOVERY)
        ? recoveryId(payload).map(id -> id.alert().key()).orElse(event.getId())
        : AlertId.key(source(event, payload), code(event, payload));
  }

  /** The tree of its payload, which is missing where it is text, or bytes. */
  public static JsonNode payload(Event event) {
    try {
      return switch (event.getData().getEncoding()) {
        case JSON, CBOR, AVRO -> Payloads.read(event.getData());
        case TEXT, BINARY -> MissingNode.getInstance();
      };
    } catch (UnreadablePayloadException e) {
      // No decoder lets it pass; the job that reads it says what is wrong with it.
      return MissingNode.getInstance();
    }
  }

  /** The attempt to recover that the payload names; empty: none, or what is no id of one. */
  public static Optional<RecoveryId> recoveryId(JsonNode payload) {
    return RecoveryId.of(payload.path(RECOVERY_ID).asText(""));
  }

  /** The device, the instance of a service, or else who says so. */
  public static String source(Event event, JsonNode payload) {
    String device = text(payload.path(DeviceIds.DEVICE_ID));
    String told = device.isEmpty() ? text(payload.path("service_id")) : device;
    return Texts.isName(told, EnvelopeRules.NAME_MAX)
        ? told
        : event.getSource().getServiceId() + '/' + event.getSource().getComponentId();
  }

  /** What is wrong; where nobody says so, the type of the event. */
  public static String code(Event event, JsonNode payload) {
    String code = text(payload.path("error").path("code"));
    String told = code.isEmpty() ? text(payload.path("code")) : code;
    return Texts.isName(told, EnvelopeRules.NAME_MAX) ? told : event.getEventType();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }
}
