// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.client.CommandMessage;
import io.twinlog.wire.json.AvroJson;
import io.twinlog.wire.json.ExactJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A command on its way to being sent, as JSON in the form of {@code commands}. It fills in what the
 * operator left out; whether the command makes sense is for its aggregate to say.
 */
record CommandDraft(ObjectNode json) {
  private static final String ID = "id";
  private static final String COMMAND = "command";
  private static final String AGGREGATE = "aggregate_id";

  /** What a command gets that does not say so itself. */
  record Defaults(String author, Optional<Duration> ttl, Instant timestamp) {}

  /**
   * Reads a command.
   *
   * @throws IllegalArgumentException with what is wrong in one line: no JSON object, no name, no
   *     aggregate
   */
  static CommandDraft parse(byte[] line) {
    String text =
        ExactJson.text(line).orElseThrow(() -> new IllegalArgumentException("it is not UTF-8"));
    if (!(ExactJson.read(text) instanceof ObjectNode object)) {
      throw new IllegalArgumentException("it is not a JSON object");
    }
    requireText(object, COMMAND);
    requireText(object, AGGREGATE);
    if (object.hasNonNull(ID)) {
      requireText(object, ID);
    }
    return new CommandDraft(object);
  }

  private static void requireText(ObjectNode object, String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new IllegalArgumentException("'" + field + "' is not a string with content: " + value);
    }
  }

  /** A command by its name, with arguments that are a JSON object. */
  static CommandDraft of(String command, String aggregate, ObjectNode data) {
    ObjectNode object =
        JsonNodeFactory.instance
            .objectNode()
            .put(COMMAND, command)
            .put(AGGREGATE, aggregate)
            .set("data", data);
    return new CommandDraft(object);
  }

  CommandDraft with(String field, JsonNode value) {
    ObjectNode copy = json.deepCopy();
    copy.set(field, value);
    return new CommandDraft(copy);
  }

  /** With a random id, an author, a time and a ttl where it has none. */
  CommandDraft filled(Defaults defaults) {
    ObjectNode copy = json.deepCopy();
    fill(copy, ID, JsonNodeFactory.instance.textNode(UUID.randomUUID().toString()));
    fill(copy, "author", JsonNodeFactory.instance.textNode(defaults.author));
    fill(
        copy, "timestamp", JsonNodeFactory.instance.textNode(AvroJson.instant(defaults.timestamp)));
    defaults
        .ttl()
        .ifPresent(ttl -> fill(copy, "ttl", JsonNodeFactory.instance.numberNode(ttl.toMillis())));
    return new CommandDraft(copy);
  }

  private static void fill(ObjectNode object, String field, JsonNode value) {
    if (!object.hasNonNull(field)) {
      object.set(field, value);
    }
  }

  String id() {
    return json.get(ID).textValue();
  }

  CommandMessage message() {
    return new CommandMessage(
        id(), json.get(AGGREGATE).textValue(), json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The object that is printed where no result came: the status says why. */
  ObjectNode unresolved(String status) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("command_id", id());
    answer.set(COMMAND, json.get(COMMAND));
    answer.set(AGGREGATE, json.get(AGGREGATE));
    return answer.put("status", status);
  }
}
