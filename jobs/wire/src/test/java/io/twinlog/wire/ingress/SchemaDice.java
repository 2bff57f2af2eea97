// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Throws schemas from a seed, mostly of keywords that shapes know, and payloads that keep to their
 * bounds, or just do not.
 */
final class SchemaDice {
  private static final List<String> NAMES = List.of("a", "b", "é", "device_id", "ccc");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "3",
          "4.0",
          "2.5",
          "1e2",
          "99999999999",
          "''",
          "'x'",
          "'on'",
          "'off'",
          "'éé'",
          "'xxxxx'",
          "[]",
          "[1,'x']",
          "{}");

  private static final String COMMON_ID = "urn:twinlog:catalogue:common#/$defs/id";

  private final Random random;

  SchemaDice(long seed) {
    this.random = new Random(seed);
  }

  /** A schema with definitions of its own, to which it refers, and which refer to each other. */
  String schema() {
    return ("{'$defs':{'p':" + part(0) + ",'q':{'$ref':'#/$defs/p'}}," + object(2).substring(1))
        .replace('\'', '"');
  }

  private String part(int depth) {
    return switch (depth == 0 ? 1 + random.nextInt(4) : random.nextInt(7)) {
      case 0 -> "{'$ref':'" + pick("#/$defs/p", "#/$defs/q", COMMON_ID) + "'}";
      case 1 -> "{'type':" + pick("'string'", "['string','null']", "'boolean'") + text() + "}";
      case 2 -> "{'type':" + pick("'integer'", "'number'", "['integer','string']") + bounds() + "}";
      case 3 -> "{'enum':['on','off'" + pick("", "", ",1") + "]}";
      case 4 -> "{'description':'whatever','default':1}";
      default -> object(depth - 1);
    };
  }

  private String text() {
    return pick("", ",'minLength':1", ",'maxLength':4", ",'minLength':2", ",'pattern':'^o'");
  }

  private String bounds() {
    return pick("", ",'minimum':0", ",'maximum':3", ",'minimum':0,'maximum':100", ",'minimum':0.5");
  }

  private String object(int depth) {
    StringJoiner properties = new StringJoiner(",", "{", "}");
    for (String name : NAMES) {
      if (random.nextInt(5) < 2) {
        properties.add("'" + name + "':" + (random.nextInt(12) == 0 ? "false" : part(depth)));
      }
    }
    return "{'type':'object','properties':"
        + properties
        + pick("", ",'required':['a']", "", ",'required':['a','b']")
        + pick("", ",'additionalProperties':false", ",'additionalProperties':" + part(0))
        + pick(
            "", "", ",'maxProperties':2", ",'minProperties':1", ",'propertyNames':{'maxLength':2}")
        + "}";
  }

  /** A payload that keeps to a schema in most of its parts. */
  String payload(JsonNode schema) {
    return value(schema, schema).replace('\'', '"');
  }

  private String value(JsonNode schema, JsonNode root) {
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").asText();
      return reference.startsWith("#/")
          ? value(root.at(reference.substring(1)), root)
          : pick("'x'", "'x'", "''");
    }
    if (random.nextInt(10) == 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.get(random.nextInt(2)).asText() : type.asText()) {
      case "string" -> pick("'on'", "'x'", "'éé'", "'ofoof'", "''");
      case "integer" -> pick("0", "2", "3", "-1", "4.0", "101");
      case "number" -> pick("0", "2.5", "3", "-1", "1e2");
      case "boolean" -> pick("true", "false");
      case "null" -> "null";
      case "object" -> object(schema, root);
      default -> pick("'on'", "'off'", "'on'", "1");
    };
  }

  private String object(JsonNode schema, JsonNode root) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    JsonNode properties = schema.path("properties");
    for (String name : NAMES) {
      if (properties.has(name) ? random.nextInt(4) > 0 : random.nextInt(12) == 0) {
        object.add("'" + name + "':" + value(properties.path(name), root));
      }
    }
    return object.toString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
