// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.cloudevents.CloudEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads envelopes from JSON: fields by name and type, defaults, the payload's bytes. Which values
 * the fields may have is for {@link EnvelopeRules}.
 */
final class JsonEnvelopes {
  private final TreeReader trees;

  JsonEnvelopes(TreeReader trees) {
    this.trees = trees;
  }

  /** Empty when there is no object to read fields from; what is wrong is reported. */
  Optional<EventDecoder.Draft> event(byte[] value, Findings findings) {
    return trees
        .json(value, Part.EVENT, findings)
        .filter(document -> !isCloudEvent(document, findings))
        .flatMap(
            document ->
                Fields.of(document.root(), findings)
                    .map(fields -> event(document, fields, findings)));
  }

  /** One that does not say so: none of the fields that are looked for would be found. */
  private static boolean isCloudEvent(Document document, Findings findings) {
    boolean is = JsonLine.isCloudEvent(document.root());
    if (is) {
      findings.add(
          DeadLetterReason.MALFORMED,
          ErrorCode.UNKNOWN_CONTENT_TYPE,
          "",
          "the value is a CloudEvent, and must have the header content-type: "
              + CloudEvents.STRUCTURED_JSON);
    }
    return is;
  }

  private static EventDecoder.Draft event(Document document, Fields fields, Findings findings) {
    Event event = new Event();
    event.setId(fields.requiredText("id"));
    event.setEventType(fields.requiredText("event_type"));
    event.setSource(
        fields
            .requiredObject("source", "service_id", "component_id")
            .map(JsonEnvelopes::source)
            .orElseGet(EventSource::new));
    Instant timestamp = fields.requiredInstant("timestamp");
    if (timestamp != null) {
      // The generated setter truncates, and takes no null.
      event.setTimestamp(timestamp);
    }
    event.setMetadata(metadata(fields));
    EventData data = new EventData();
    event.setData(data);
    return new EventDecoder.Draft(
        event,
        fields
            .requiredObject("data", "payload")
            .flatMap(within -> data(within, data, document, findings)));
  }

  private static EventSource source(Fields fields) {
    return new EventSource(
        fields.requiredText("service_id"),
        fields.requiredText("component_id"),
        fields.text("version", "0"));
  }

  private static EventMetadata metadata(Fields fields) {
    EventMetadata metadata = new EventMetadata();
    metadata.setPriority(Priority.NORMAL);
    fields
        .object("metadata")
        .ifPresent(
            given -> {
              metadata.setCorrelationId(given.text("correlation_id"));
              metadata.setCausationId(given.text("causation_id"));
              metadata.setUserId(given.text("user_id"));
              metadata.setSessionId(given.text("session_id"));
              metadata.setSequence(given.integer("sequence"));
              metadata.setPriority(given.oneOf("priority", Priority.class, Priority.NORMAL));
              metadata.setTtl(given.integer("ttl"));
              metadata.setTraceparent(given.text("traceparent"));
            });
    return metadata;
  }

  /** Fills the data in; gives the payload's tree where its encoding is JSON. */
  private static Optional<JsonNode> data(
      Fields fields, EventData data, Document document, Findings findings) {
    data.setSchemaVersion(fields.text("schema_version", "1"));
    data.setEncoding(fields.oneOf("encoding", Encoding.class, Encoding.JSON));
    JsonNode payload = fields.required("payload");
    if (payload == null || data.getEncoding() == null) {
      return Optional.empty();
    }
    if (data.getEncoding() == Encoding.JSON) {
      data.setPayload(ByteBuffer.wrap(document.kept()));
      return Optional.of(payload);
    }
    if (!payload.isTextual()) {
      fields.wrongType("payload", "a string where the encoding is " + data.getEncoding(), payload);
    } else if (data.getEncoding() == Encoding.TEXT) {
      data.setPayload(ByteBuffer.wrap(payload.textValue().getBytes(StandardCharsets.UTF_8)));
    } else {
      base64(payload.textValue(), fields.path("payload"), findings)
          .ifPresent(bytes -> data.setPayload(ByteBuffer.wrap(bytes)));
    }
    return Optional.empty();
  }

  static Optional<byte[]> base64(String text, String path, Findings findings) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      findings.envelope(
          ErrorCode.NOT_BASE64, path, "must be base64 (RFC 4648, 4), is " + Shown.text(text));
      return Optional.empty();
    }
  }

  /** As {@link #event}. */
  Optional<CommandDecoder.Draft> command(byte[] value, Findings findings) {
    return trees
        .json(value, Part.COMMAND, findings)
        .flatMap(
            document ->
                Fields.of(document.root(), findings).map(fields -> command(document, fields)));
  }

  private static CommandDecoder.Draft command(Document document, Fields fields) {
    Command command = new Command();
    command.setId(fields.requiredText("id"));
    command.setCommand(fields.requiredText("command"));
    command.setAggregateId(fields.requiredText("aggregate_id"));
    command.setExpectedVersion(fields.integer("expected_version"));
    command.setTtl(fields.integer("ttl"));
    command.setAuthor(fields.text("author"));
    command.setTimestamp(fields.instant("timestamp"));
    command.setMetadata(metadata(fields));
    JsonNode data = document.root().get("data");
    if (data == null || data.isNull()) {
      command.setData("{}");
      return new CommandDecoder.Draft(command, Optional.of(JsonNodeFactory.instance.objectNode()));
    }
    command.setData(new String(document.kept(), StandardCharsets.UTF_8));
    return new CommandDecoder.Draft(command, Optional.of(data));
  }
}
