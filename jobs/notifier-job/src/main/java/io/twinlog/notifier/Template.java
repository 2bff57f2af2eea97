// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.schemas.Notification;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON document whose texts name fields of a notification: {@code {{text}}}. A text that is
 * nothing but a name becomes the field itself, be it a list; in a longer one it becomes text. What
 * a device says can never break the document.
 */
final class Template {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([a-z_][a-z0-9_.]*)\\s*}}");

  /** The whole notification. */
  static final Template WHOLE = new Template(null);

  private final JsonNode document;

  private Template(JsonNode document) {
    this.document = document;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is no JSON, or names a field that no notification has
   */
  static Template of(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
    }
    requireNames(document);
    return new Template(document);
  }

  private static void requireNames(JsonNode node) {
    if (node instanceof TextNode text) {
      Matcher names = NAME.matcher(text.textValue());
      while (names.find()) {
        String field = names.group(1).split("\\.")[0];
        if (Notification.getClassSchema().getField(field) == null) {
          throw new IllegalArgumentException("no notification has a field " + field);
        }
      }
    }
    node.forEach(Template::requireNames);
  }

  /** The document of a notification. */
  JsonNode of(JsonNode notification) {
    return document == null ? notification : filled(document, notification);
  }

  private static JsonNode filled(JsonNode node, JsonNode notification) {
    if (node instanceof TextNode text) {
      return filled(text.textValue(), notification);
    }
    if (node instanceof ArrayNode list) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      list.forEach(item -> filled.add(filled(item, notification)));
      return filled;
    }
    if (node instanceof ObjectNode fields) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : fields.properties()) {
        filled.set(field.getKey(), filled(field.getValue(), notification));
      }
      return filled;
    }
    return node;
  }

  private static JsonNode filled(String text, JsonNode notification) {
    Matcher names = NAME.matcher(text);
    if (names.matches()) {
      return at(notification, names.group(1));
    }
    return TextNode.valueOf(
        NAME.matcher(text)
            .replaceAll(
                name -> {
                  JsonNode value = at(notification, name.group(1));
                  String shown = value.isValueNode() ? value.asText("") : value.toString();
                  return Matcher.quoteReplacement(value.isNull() ? "" : shown);
                }));
  }

  private static JsonNode at(JsonNode notification, String path) {
    JsonNode node = notification;
    for (String name : path.split("\\.")) {
      node = node.path(name);
    }
    return node.isMissingNode() ? JsonNodeFactory.instance.nullNode() : node;
  }
}
