// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A schema of the catalogue, and how its violations are told. The words are ours, not the
 * library's: those follow the language of the machine.
 */
final class PayloadSchema {
  /** How the catalogue's common definitions write "no control characters". */
  static final String NO_CONTROL = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

  /** What names the catalogue's own rule for keys. */
  private static final String COMMON_NAME = "urn:twinlog:catalogue:common#/$defs/id";

  private static final int NAME_MAX = 128;
  private static final Comparator<Violation> BY_PLACE =
      Comparator.comparing(Violation::path).thenComparing(Violation::code);

  private record Violation(String path, ErrorCode code, String message) {}

  private final Schema schema;
  private final Optional<Shape> shape;

  /**
   * @param shape of it; empty: it has rules that no shape has
   */
  PayloadSchema(Schema schema, Optional<Shape> shape) {
    this.schema = schema;
    this.shape = shape;
  }

  Optional<Shape> shape() {
    return shape;
  }

  /** Reports all that the payload breaks, in the order of the paths. */
  void check(JsonNode payload, Part part, Findings findings) {
    errors(payload, part, findings).stream()
        .map(PayloadSchema::violation)
        .sorted(BY_PLACE)
        .forEach(
            violation ->
                findings.add(
                    DeadLetterReason.INVALID_PAYLOAD,
                    violation.code,
                    part.path(violation.path),
                    violation.message));
  }

  /** All that a document breaks that is no payload, each with its place, in order. */
  List<String> flaws(JsonNode document) {
    return schema.validate(document).stream()
        .map(PayloadSchema::violation)
        .sorted(BY_PLACE)
        .map(violation -> violation.path + ": " + violation.message)
        .distinct()
        .toList();
  }

  /**
   * What the library cannot check is not sound either: a choice beside a number that is not finite,
   * which was reported, or a pattern of a user's own that a long text is too much for.
   */
  private List<Error> errors(JsonNode payload, Part part, Findings findings) {
    try {
      return schema.validate(payload);
    } catch (RuntimeException | StackOverflowError e) {
      if (findings.isEmpty()) {
        findings.add(
            DeadLetterReason.INVALID_PAYLOAD,
            ErrorCode.SCHEMA_VIOLATION,
            part.path,
            "its schema cannot be applied to it: " + e.getClass().getSimpleName());
      }
      return List.of();
    }
  }

  private static Violation violation(Error error) {
    return switch (error.getKeyword()) {
      case "required" ->
          new Violation(
              inside(error, error.getProperty()),
              ErrorCode.MISSING_FIELD,
              "is required and is not there");
      case "propertyNames" -> name(error);
      case "pattern" -> pattern(error);
      case "type" -> of(error, ErrorCode.WRONG_TYPE, "must be of type " + rule(error));
      case "minLength" ->
          of(error, ErrorCode.TOO_SHORT, "must have at least " + rule(error) + " characters");
      case "maxLength" ->
          of(error, ErrorCode.TOO_LONG, "must have at most " + rule(error) + " characters");
      case "minProperties", "minItems" ->
          of(error, ErrorCode.TOO_FEW, "must have at least " + rule(error) + " entries");
      case "maxProperties", "maxItems" ->
          of(error, ErrorCode.TOO_MANY, "must have at most " + rule(error) + " entries");
      case "minimum" -> of(error, ErrorCode.OUT_OF_RANGE, "must be at least " + rule(error));
      case "maximum" -> of(error, ErrorCode.OUT_OF_RANGE, "must be at most " + rule(error));
      case "enum", "const" -> of(error, ErrorCode.UNKNOWN_VALUE, "must be one of " + rule(error));
      default ->
          of(
              error,
              ErrorCode.SCHEMA_VIOLATION,
              "must keep the rule " + error.getKeyword() + ' ' + rule(error));
    };
  }

  private static Violation name(Error error) {
    String name = error.getProperty();
    return error.getSchemaNode().path("$ref").asText().equals(COMMON_NAME)
        ? new Violation(
            inside(error, name),
            codeOfName(name),
            "a key must be 1 to "
                + NAME_MAX
                + " characters without control characters, this is "
                + Shown.text(name))
        : new Violation(
            inside(error, name),
            ErrorCode.SCHEMA_VIOLATION,
            "a key must keep the rule " + rule(error) + ", this is " + Shown.text(name));
  }

  private static Violation pattern(Error error) {
    return error.getSchemaNode().asText().equals(NO_CONTROL)
        ? of(error, ErrorCode.CONTROL_CHARACTER, "must not hold control characters")
        : of(error, ErrorCode.BAD_FORMAT, "must match " + rule(error));
  }

  private static Violation of(Error error, ErrorCode code, String rule) {
    return new Violation(
        inside(error, ""), code, rule + ", is " + Shown.node(error.getInstanceNode()));
  }

  private static String rule(Error error) {
    JsonNode rule = error.getSchemaNode();
    return Shown.name(rule.isTextual() ? rule.textValue() : rule.toString(), 200);
  }

  private static ErrorCode codeOfName(String name) {
    if (name.isEmpty()) {
      return ErrorCode.TOO_SHORT;
    }
    if (Texts.hasControl(name)) {
      return ErrorCode.CONTROL_CHARACTER;
    }
    return Texts.longerThan(name, NAME_MAX) ? ErrorCode.TOO_LONG : ErrorCode.SCHEMA_VIOLATION;
  }

  /** Dotted path of the place, with a property of it where one is named. */
  private static String inside(Error error, String property) {
    NodePath place = error.getInstanceLocation();
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < place.getNameCount(); i++) {
      step(path, String.valueOf(place.getElement(i)));
    }
    step(path, property);
    return path.toString();
  }

  private static void step(StringBuilder path, String name) {
    if (!name.isEmpty()) {
      path.append(path.isEmpty() ? "" : ".").append(Shown.name(name));
    }
  }
}
