// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What conditions of rules may ask of an event that a decoder has let pass: {@code event}, with the
 * names of the envelope, and {@code payload}. What is not there, or null, has no entry.
 */
public final class EventFacts {
  private EventFacts() {}

  /** String, Boolean, Long, Double, List and Map of these; numbers are Long where they can be. */
  public static Map<String, Object> of(Event event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("event", envelope(event));
    Object payload =
        switch (event.getData().getEncoding()) {
          case JSON, CBOR, AVRO -> value(Payloads.read(event.getData()));
          case TEXT ->
              StandardCharsets.UTF_8.decode(event.getData().getPayload().duplicate()).toString();
          case BINARY -> null;
        };
    put(facts, "payload", payload);
    return facts;
  }

  private static Map<String, Object> envelope(Event event) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("id", event.getId());
    envelope.put("event_type", event.getEventType());
    envelope.put(
        "source",
        Map.of(
            "service_id", event.getSource().getServiceId(),
            "component_id", event.getSource().getComponentId(),
            "version", event.getSource().getVersion()));
    envelope.put("timestamp", event.getTimestamp().toEpochMilli());
    envelope.put(
        "data",
        Map.of(
            "schema_version", event.getData().getSchemaVersion(),
            "encoding", event.getData().getEncoding().name()));
    envelope.put("metadata", metadata(event.getMetadata()));
    return envelope;
  }

  private static Map<String, Object> metadata(EventMetadata given) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    put(metadata, "correlation_id", given.getCorrelationId());
    put(metadata, "causation_id", given.getCausationId());
    put(metadata, "user_id", given.getUserId());
    put(metadata, "session_id", given.getSessionId());
    put(metadata, "sequence", given.getSequence());
    put(metadata, "priority", given.getPriority().name());
    put(metadata, "ttl", given.getTtl());
    put(metadata, "traceparent", given.getTraceparent());
    return metadata;
  }

  private static void put(Map<String, Object> facts, String name, Object value) {
    if (value != null) {
      facts.put(name, value);
    }
  }

  /** Null stands for null. */
  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> put(fields, field.getKey(), value(field.getValue())));
        yield fields;
      }
      case ARRAY -> {
        List<Object> elements = new ArrayList<>(node.size());
        node.forEach(element -> elements.add(value(element)));
        yield elements;
      }
      case NUMBER -> number(node);
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING -> null;
      case STRING, BINARY, POJO -> node.asText();
    };
  }

  private static Object number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong()
        ? (Object) node.longValue()
        : (Object) node.doubleValue();
  }
}
