// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceCommand.Content;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceCommand.Request;
import io.twinlog.domain.device.Registration;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Absent;
import io.twinlog.wire.EventBody;
import io.twinlog.wire.Scalars;
import io.twinlog.wire.ingress.Payloads;
import java.util.Optional;

/**
 * What events and commands say to a device. Their shape was checked by the router; here they get
 * their meaning.
 */
public final class DeviceInputs {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Optional<Content> ONLINE = Optional.of(new DeviceCommand.Online());
  private static final Optional<Content> HEARTBEAT = Optional.of(new DeviceCommand.Heartbeat());
  private static final Optional<Content> DATA = Optional.of(new DeviceCommand.Data());
  private static final Optional<Content> ASIDE = Optional.of(new DeviceCommand.Aside());

  private DeviceInputs() {}

  /**
   * What an event reports.
   *
   * @param occurredAt event time, epoch milliseconds, clamped to log time where it ran ahead
   */
  public static Report report(Event event, long occurredAt) {
    EventMetadata metadata = event.getMetadata();
    return new Report(
        event.getEventType(),
        Absent.orEmpty(metadata.getSessionId()),
        metadata.getSequence() == null ? DeviceCommand.NO_SEQUENCE : metadata.getSequence(),
        occurredAt,
        content(event));
  }

  /**
   * The same of an event that was not opened; empty where its payload has a say.
   *
   * @param eventType of the event
   */
  public static Optional<Report> report(EventBody event, String eventType, long occurredAt) {
    return byTypeAlone(eventType)
        .map(
            content ->
                new Report(
                    eventType,
                    event.sessionId(),
                    event.sequence() == EventBody.NONE
                        ? DeviceCommand.NO_SEQUENCE
                        : event.sequence(),
                    occurredAt,
                    content));
  }

  /** What an event says whatever its payload is; empty where that must be opened. */
  private static Optional<Content> byTypeAlone(String eventType) {
    return switch (eventType) {
      case "device.online" -> ONLINE;
      case "data.collected" -> DATA;
      case "data.processed" -> ASIDE;
      case "device.registered",
          "device.offline",
          "device.status_changed",
          "device.error",
          "device.recovered",
          "device.configuration_reported",
          "device.decommissioned" ->
          Optional.empty();
      // A type of the user's own, routed to the domain, proves that the device lives, too.
      default -> HEARTBEAT;
    };
  }

  /**
   * What a payload that was passed unread may have said: nothing is made up for it.
   *
   * <p>Types that say enough by themselves are not here.
   */
  private static Content unread(Event event) {
    return switch (event.getEventType()) {
      case "device.registered" -> new DeviceCommand.Aside();
      case "device.status_changed", "device.configuration_reported" ->
          new DeviceCommand.Heartbeat();
      default -> told(event);
    };
  }

  private static Content content(Event event) {
    return byTypeAlone(event.getEventType())
        .orElseGet(
            () ->
                switch (event.getData().getEncoding()) {
                  case JSON, CBOR, AVRO -> told(event);
                  case TEXT, BINARY -> unread(event);
                });
  }

  private static Content told(Event event) {
    return switch (event.getEventType()) {
      case "device.registered" -> new DeviceCommand.Provisioned(registration(payload(event)));
      case "device.offline" -> new DeviceCommand.Offline(text(payload(event), "reason"));
      case "device.status_changed" -> statusChanged(payload(event));
      case "device.error" -> errored(event, payload(event));
      case "device.recovered" -> new DeviceCommand.Recovered(text(payload(event), "code"));
      case "device.configuration_reported" ->
          new DeviceCommand.ConfigurationTold(Scalars.values(payload(event).get("configuration")));
      case "device.decommissioned" -> new DeviceCommand.Withdrawn(text(payload(event), "reason"));
      default -> throw new IllegalStateException("no rule for " + event.getEventType());
    };
  }

  /** TEXT and BINARY were passed unread; they say nothing beside their type. */
  private static JsonNode payload(Event event) {
    return switch (event.getData().getEncoding()) {
      case JSON, CBOR, AVRO -> Payloads.read(event.getData());
      case TEXT, BINARY -> JSON.createObjectNode();
    };
  }

  private static Content statusChanged(JsonNode payload) {
    return text(payload, "status").equals("offline")
        ? new DeviceCommand.Offline(text(payload, "reason"))
        : new DeviceCommand.Online();
  }

  private static Content errored(Event event, JsonNode payload) {
    JsonNode error = payload.path("error");
    String severity = text(error, "severity");
    String code = text(error, "code");
    return new DeviceCommand.Errored(
        code.isEmpty() ? event.getEventType() : code,
        severity.isEmpty() ? severity(event.getMetadata().getPriority()) : Severity.of(severity),
        text(error, "message"));
  }

  /** An error without a severity takes it from its priority. */
  private static Severity severity(Priority priority) {
    return switch (priority) {
      case LOW -> Severity.LOW;
      case NORMAL -> Severity.MEDIUM;
      case HIGH -> Severity.HIGH;
      case CRITICAL -> Severity.CRITICAL;
    };
  }

  private static Registration registration(JsonNode data) {
    return new Registration(
        text(data, "model"),
        text(data, "firmware"),
        Scalars.values(data.get("attributes")),
        data.path("heartbeat_interval_ms").asLong(0),
        data.path("timeout_ms").asLong(0));
  }

  /** What a command asks for; empty: it is none of a device's. */
  public static Optional<Request> request(Command command) {
    JsonNode data = arguments(command);
    return switch (command.getCommand()) {
      case "RegisterDevice" -> Optional.of(new DeviceCommand.RegisterDevice(registration(data)));
      case "ConfigureDevice" ->
          Optional.of(new DeviceCommand.ConfigureDevice(Scalars.patch(data.get("configuration"))));
      case "SetAttributes" ->
          Optional.of(new DeviceCommand.SetAttributes(Scalars.patch(data.get("attributes"))));
      case "ReportFault" ->
          Optional.of(
              new DeviceCommand.ReportFault(
                  text(data, "code"), Severity.of(text(data, "severity")), text(data, "message")));
      case "ClearFault" -> Optional.of(new DeviceCommand.ClearFault(text(data, "code")));
      case "DecommissionDevice" ->
          Optional.of(new DeviceCommand.DecommissionDevice(text(data, "reason")));
      default -> Optional.empty();
    };
  }

  private static JsonNode arguments(Command command) {
    try {
      return JSON.readTree(command.getData());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the router lets no such arguments pass: " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText("");
  }
}
