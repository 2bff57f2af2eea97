// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.schemas.Event;
import io.twinlog.wire.json.AvroJson;
import io.twinlog.wire.json.ExactJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event as a test writes it: what is said of it, and defaults for the rest. Given, it is the
 * whole event; expected, it asks only for what is said. Immutable.
 */
public final class EventExample {
  private static final String TYPE = "event_type";
  private static final String PAYLOAD = "data.payload";

  /** What an example has that says nothing else, by the paths of the envelope. */
  private static final Map<String, JsonNode> DEFAULTS =
      Map.of(
          "id",
          TextNode.valueOf("e-1"),
          "source.service_id",
          TextNode.valueOf("service-1"),
          "source.component_id",
          TextNode.valueOf("device-1"),
          "timestamp",
          TextNode.valueOf("2026-01-01T00:00:00Z"),
          PAYLOAD,
          JsonNodeFactory.instance.objectNode());

  private final TreeMap<String, JsonNode> said;

  private EventExample(TreeMap<String, JsonNode> said) {
    this.said = said;
  }

  static EventExample of(String eventType) {
    return new EventExample(new TreeMap<>(Map.of(TYPE, TextNode.valueOf(eventType))));
  }

  /**
   * The same with a payload.
   *
   * @throws IllegalArgumentException when it is no JSON
   */
  public EventExample payload(String json) {
    return with(PAYLOAD, ExactJson.read(json));
  }

  public EventExample id(String id) {
    return with("id", TextNode.valueOf(id));
  }

  public EventExample from(String serviceId, String componentId) {
    return with("source.service_id", TextNode.valueOf(serviceId))
        .with("source.component_id", TextNode.valueOf(componentId));
  }

  public EventExample sourceVersion(String version) {
    return with("source.version", TextNode.valueOf(version));
  }

  public EventExample at(Instant timestamp) {
    return with("timestamp", TextNode.valueOf(timestamp.toString()));
  }

  public EventExample schemaVersion(String version) {
    return with("data.schema_version", TextNode.valueOf(version));
  }

  public EventExample user(String userId) {
    return with("metadata.user_id", TextNode.valueOf(userId));
  }

  public EventExample correlation(String correlationId) {
    return with("metadata.correlation_id", TextNode.valueOf(correlationId));
  }

  public EventExample causation(String causationId) {
    return with("metadata.causation_id", TextNode.valueOf(causationId));
  }

  public EventExample session(String sessionId, long sequence) {
    return with("metadata.session_id", TextNode.valueOf(sessionId))
        .with("metadata.sequence", LongNode.valueOf(sequence));
  }

  /** LOW, NORMAL, HIGH or CRITICAL. */
  public EventExample priority(String priority) {
    return with("metadata.priority", TextNode.valueOf(priority));
  }

  private EventExample with(String path, JsonNode value) {
    TreeMap<String, JsonNode> more = new TreeMap<>(said);
    more.put(path, value);
    return new EventExample(more);
  }

  String eventType() {
    return said.get(TYPE).textValue();
  }

  /** As a producer sends it. */
  byte[] bytes() {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    TreeMap<String, JsonNode> all = new TreeMap<>(DEFAULTS);
    all.putAll(said);
    all.forEach((path, value) -> put(envelope, path, value));
    return envelope.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode envelope, String path, JsonNode value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      envelope.set(path, value);
    } else {
      put(envelope.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
    }
  }

  /** Where an event is not as this says, a line each; none: it is. */
  List<String> differences(Event event) {
    JsonNode envelope = AvroJson.of(event);
    List<String> differences = new ArrayList<>();
    said.forEach(
        (path, value) -> {
          JsonNode there = envelope.at("/" + path.replace('.', '/'));
          if (!same(path, value, there)) {
            differences.add("%s: expected %s, was %s".formatted(path, value, there));
          }
        });
    return differences;
  }

  private static boolean same(String path, JsonNode expected, JsonNode there) {
    if (path.equals("timestamp")) {
      return Instant.parse(expected.textValue()).equals(Instant.parse(there.asText()));
    }
    return expected.equals(EventExample::compare, there);
  }

  /** A number is the same however it is written. */
  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }

  @Override
  public String toString() {
    return said.toString();
  }
}
