// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.wire.ErrorCode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of one object of a JSON envelope by type. Reports what is missing or of another type
 * and gives null for it, as for an optional field that is absent or null; what the values may be is
 * for {@link EnvelopeRules}.
 */
final class Fields {
  private final JsonNode object;
  private final String prefix;
  private final Findings findings;

  private Fields(JsonNode object, String prefix, Findings findings) {
    this.object = object;
    this.prefix = prefix;
    this.findings = findings;
  }

  /** Of the outermost value; empty and reported when it is no object. */
  static Optional<Fields> of(JsonNode root, Findings findings) {
    if (root.isObject()) {
      return Optional.of(new Fields(root, "", findings));
    }
    findings.envelope(
        ErrorCode.WRONG_TYPE, "", "the envelope must be an object, is " + Shown.node(root));
    return Optional.empty();
  }

  /** The fields of an object within; empty when it is absent, or reported. */
  Optional<Fields> object(String name) {
    JsonNode value = present(name);
    if (value != null && !value.isObject()) {
      wrongType(name, "an object", value);
    }
    return value == null || !value.isObject()
        ? Optional.empty()
        : Optional.of(new Fields(value, path(name) + '.', findings));
  }

  /** As {@link #object}, and reported as missing with each of the fields that it must have. */
  Optional<Fields> requiredObject(String name, String... required) {
    if (present(name) == null) {
      for (String field : required) {
        missing(name + '.' + field);
      }
    }
    return object(name);
  }

  String text(String name) {
    JsonNode value = present(name);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    wrongType(name, "a string", value);
    return null;
  }

  /** The text, or what stands for an absent one; null only when it was reported. */
  String text(String name, String absent) {
    return present(name) == null ? absent : text(name);
  }

  String requiredText(String name) {
    if (present(name) == null) {
      missing(name);
    }
    return text(name);
  }

  Long integer(String name) {
    JsonNode value = present(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      wrongType(name, "an integer", value);
      return null;
    }
    if (!value.canConvertToLong()) {
      findings.envelope(
          ErrorCode.OUT_OF_RANGE,
          path(name),
          "must be an integer of 64 bits, is " + Shown.node(value));
      return null;
    }
    return value.longValue();
  }

  /** One of the constants by its name; null only when it was reported. */
  <E extends Enum<E>> E oneOf(String name, Class<E> type, E absent) {
    String text = text(name, absent.name());
    if (text == null) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    findings.envelope(
        ErrorCode.UNKNOWN_VALUE,
        path(name),
        "must be one of " + Arrays.toString(type.getEnumConstants()) + ", is " + Shown.text(text));
    return null;
  }

  Instant instant(String name) {
    JsonNode value = present(name);
    if (value == null) {
      return null;
    }
    if (value.isIntegralNumber()) {
      Long millis = integer(name);
      return millis == null ? null : Instant.ofEpochMilli(millis);
    }
    if (!value.isTextual()) {
      wrongType(name, "an RFC 3339 string or an integer of milliseconds", value);
      return null;
    }
    return rfc3339(name, value);
  }

  private Instant rfc3339(String name, JsonNode value) {
    OptionalLong millis = Rfc3339.read(value.textValue());
    if (millis.isEmpty()) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          path(name),
          "must be RFC 3339 with an offset, such as 2026-01-01T00:00:00.000Z, is "
              + Shown.node(value));
      return null;
    }
    return Instant.ofEpochMilli(millis.getAsLong());
  }

  Instant requiredInstant(String name) {
    if (present(name) == null) {
      missing(name);
    }
    return instant(name);
  }

  /** As a string, and nothing else. */
  Instant requiredTime(String name) {
    return requiredText(name) == null ? null : rfc3339(name, object.get(name));
  }

  /** An integer, or a string of its digits. */
  Long digits(String name) {
    JsonNode value = present(name);
    if (value == null || !value.isTextual()) {
      return integer(name);
    }
    String text = value.textValue();
    if (text.isEmpty() || !text.chars().allMatch(unit -> unit >= '0' && unit <= '9')) {
      findings.envelope(
          ErrorCode.BAD_FORMAT,
          path(name),
          "must be an integer in digits 0 to 9, is " + Shown.text(text));
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      findings.envelope(
          ErrorCode.OUT_OF_RANGE,
          path(name),
          "must be an integer of 64 bits, is " + Shown.text(text));
      return null;
    }
  }

  /** Whether it is not there, or null. */
  boolean isUnset(String name) {
    return present(name) == null;
  }

  /** Any value, null among them; Java's null when the field is not there. */
  JsonNode any(String name) {
    return object.get(name);
  }

  /** Any value, null among them; Java's null when the field is not there, which is reported. */
  JsonNode required(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      missing(name);
    }
    return value;
  }

  String path(String name) {
    return prefix + name;
  }

  void wrongType(String name, String wanted, JsonNode value) {
    findings.envelope(
        ErrorCode.WRONG_TYPE, path(name), "must be " + wanted + ", is " + Shown.node(value));
  }

  private JsonNode present(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  void missing(String name) {
    findings.envelope(ErrorCode.MISSING_FIELD, path(name), "is required and is not there");
  }
}
