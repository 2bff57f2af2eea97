// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the schemas of the catalogue into shapes. It knows only the keywords that it lists: of a
 * schema with another one there is no shape, so that no rule is ever left out in silence.
 */
final class ShapeReader {
  private static final Set<String> TOLD =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$comment",
          "description",
          "title",
          "examples",
          "default",
          "deprecated");
  private static final Set<String> RULES =
      Set.of(
          "type",
          "enum",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "required",
          "properties",
          "propertyNames",
          "additionalProperties",
          "minProperties",
          "maxProperties");
  private static final int KNOWN_MAX = 64;

  /** A schema may refer to itself, or to much in many places: of one with more there is none. */
  private static final int SHAPES_MAX = 1_000;

  /** The schema cannot be told as a shape. */
  private static final class Unknown extends Exception {
    Unknown(String what) {
      super(what);
    }
  }

  private final String commonId;
  private final JsonNode common;

  /**
   * @param common the schema that {@code $ref} may lead into
   */
  ShapeReader(String commonId, JsonNode common) {
    this.commonId = commonId;
    this.common = common;
  }

  /** Empty: it has rules that no shape has. */
  Optional<Shape> of(JsonNode schema) {
    try {
      return Optional.of(new Reading(schema).shape(schema));
    } catch (Unknown e) {
      // Not an error: the schema itself is checked, on the slow road.
      return Optional.empty();
    }
  }

  /** The reading of one schema. */
  private final class Reading {
    /** In which a reference that begins with # is looked up. */
    private JsonNode document;

    private int shapes;

    Reading(JsonNode document) {
      this.document = document;
    }

    Shape shape(JsonNode schema) throws Unknown {
      require(++shapes <= SHAPES_MAX, "too large");
      if (schema.isBoolean()) {
        return schema.booleanValue() ? Shape.ANY : Shape.NONE;
      }
      require(!schema.has("$id") || schema == document, "a document inside of another");
      JsonNode reference = schema.get("$ref");
      if (reference != null) {
        require(only(schema, Set.of("$ref")), "rules beside $ref");
        return referred(reference.asText());
      }
      require(schema.isObject() && only(schema, RULES), "a keyword");
      int kinds = schema.has("type") ? kinds(schema.get("type")) : Shape.ANY.kinds();
      if (schema.has("enum")) {
        kinds &= Shape.Kind.STRING.bit();
      }
      return new Shape(kinds, text(schema), range(schema, kinds), members(schema));
    }

    private Shape referred(String reference) throws Unknown {
      JsonNode from = document;
      String pointer = reference;
      if (reference.startsWith(commonId)) {
        document = common;
        pointer = reference.substring(commonId.length());
      }
      // A percent sign would have to be decoded.
      require(pointer.startsWith("#/") && pointer.indexOf('%') < 0, reference);
      JsonNode found = document.at(pointer.substring(1));
      require(found.isObject() || found.isBoolean(), reference);
      Shape shape = shape(found);
      document = from;
      return shape;
    }

    private Shape.Members members(JsonNode schema) throws Unknown {
      List<Shape.Member> known = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
        byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
        known.add(new Shape.Member(name, shape(entry.getValue())));
        names.add(entry.getKey());
      }
      require(known.size() <= KNOWN_MAX, "too many properties");
      long required = 0;
      for (JsonNode name : schema.path("required")) {
        require(names.contains(name.asText()), "what is required and not described");
        required |= 1L << names.indexOf(name.asText());
      }
      JsonNode name = schema.get("propertyNames");
      JsonNode others = schema.get("additionalProperties");
      return new Shape.Members(
          known.toArray(new Shape.Member[0]),
          required,
          name == null ? Shape.Text.ANY : nameText(name),
          others == null ? null : shape(others),
          count(schema, "minProperties", 0),
          count(schema, "maxProperties", Integer.MAX_VALUE));
    }

    private Shape.Text nameText(JsonNode schema) throws Unknown {
      Shape shape = shape(schema);
      require(shape.allows(Shape.Kind.STRING), "names that are no strings");
      return shape.text();
    }
  }

  private static boolean only(JsonNode schema, Set<String> keywords) {
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      if (!TOLD.contains(entry.getKey()) && !keywords.contains(entry.getKey())) {
        return false;
      }
    }
    return true;
  }

  private static int kinds(JsonNode type) throws Unknown {
    int kinds = 0;
    for (JsonNode one : type.isArray() ? type : List.of(type)) {
      try {
        Shape.Kind kind = Shape.Kind.valueOf(one.asText().toUpperCase(Locale.ROOT));
        kinds |= kind.bit();
        kinds |= kind == Shape.Kind.NUMBER ? Shape.Kind.INTEGER.bit() : 0;
      } catch (IllegalArgumentException e) {
        throw new Unknown("type " + one);
      }
    }
    return kinds;
  }

  private static Shape.Text text(JsonNode schema) throws Unknown {
    JsonNode pattern = schema.get("pattern");
    require(pattern == null || pattern.asText().equals(PayloadSchema.NO_CONTROL), "a pattern");
    int least = count(schema, "minLength", 0);
    require(least <= 1, "a length of more than 1 at least");
    List<byte[]> values = new ArrayList<>();
    for (JsonNode value : schema.path("enum")) {
      require(value.isTextual(), "a value that is no text");
      values.add(value.textValue().getBytes(StandardCharsets.UTF_8));
    }
    require(!schema.has("enum") || !values.isEmpty(), "a choice of nothing");
    return new Shape.Text(least, count(schema, "maxLength", Integer.MAX_VALUE), values);
  }

  private static Shape.Range range(JsonNode schema, int kinds) throws Unknown {
    boolean bounded = schema.has("minimum") || schema.has("maximum");
    require(!bounded || (kinds & Shape.Kind.NUMBER.bit()) == 0, "bounds of a fraction");
    return new Shape.Range(
        bound(schema, "minimum", Long.MIN_VALUE), bound(schema, "maximum", Long.MAX_VALUE));
  }

  private static long bound(JsonNode schema, String keyword, long none) throws Unknown {
    JsonNode bound = schema.get(keyword);
    require(bound == null || bound.isIntegralNumber() && bound.canConvertToLong(), keyword);
    return bound == null ? none : bound.longValue();
  }

  private static int count(JsonNode schema, String keyword, int none) throws Unknown {
    JsonNode count = schema.get(keyword);
    require(count == null || count.isIntegralNumber() && count.canConvertToInt(), keyword);
    return count == null ? none : count.intValue();
  }

  private static void require(boolean holds, String what) throws Unknown {
    if (!holds) {
      throw new Unknown(what);
    }
  }
}
