// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The reading of one document from a parser into a tree. What breaks a rule is reported with its
 * path, and reading goes on; only what the parser itself cannot read ends it, by its exception.
 */
final class TreeReading {
  /** Off the path to the value whose bytes are kept. */
  private static final int OFF = -1;

  private final JsonParser parser;
  private final DecoderLimits limits;
  private final Part part;
  private final Findings findings;
  private int from = -1;
  private int to = -1;

  TreeReading(JsonParser parser, DecoderLimits limits, Part part, Findings findings) {
    this.parser = parser;
    this.limits = limits;
    this.part = part;
    this.findings = findings;
  }

  Optional<Document> read(byte[] bytes, ErrorCode unreadable) throws IOException {
    if (parser.nextToken() == null) {
      findings.add(part.unreadable, ErrorCode.EMPTY, part.path, "there is nothing but white space");
      return Optional.empty();
    }
    JsonNode root = value(1, part.kept.isEmpty() ? OFF : 0);
    long end = parser.currentLocation().getByteOffset();
    if (parser.nextToken() != null) {
      findings.add(
          part.unreadable,
          unreadable,
          part.path,
          "more follows after the document, at byte " + end);
      return Optional.empty();
    }
    return Optional.of(new Document(root, bytes, from, to));
  }

  /**
   * The value whose first token is the current one.
   *
   * @param matched how many of the names that lead to the kept value lead here
   */
  private JsonNode value(int depth, int matched) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> deeper(depth) ? object(depth, matched) : NullNode.instance;
      case START_ARRAY -> deeper(depth) ? array(depth) : NullNode.instance;
      case VALUE_STRING -> string();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      case VALUE_EMBEDDED_OBJECT -> bytes();
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private boolean deeper(int depth) throws IOException {
    if (depth <= limits.depth()) {
      return true;
    }
    report(
        DeadLetterReason.TOO_LARGE,
        ErrorCode.TOO_DEEP,
        "at most " + limits.depth() + " levels of objects and arrays");
    parser.skipChildren();
    return false;
  }

  private ObjectNode object(int depth, int matched) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      checkName(name);
      boolean repeated = object.has(name);
      if (repeated) {
        report(part.unreadable, ErrorCode.DUPLICATE_KEY, "the key is there twice");
      }
      parser.nextToken();
      JsonNode value = member(name, depth, repeated ? OFF : matched);
      if (!repeated) {
        object.set(name, value);
      }
    }
    return object;
  }

  private JsonNode member(String name, int depth, int matched) throws IOException {
    if (matched == OFF || !part.kept.get(matched).equals(name)) {
      return value(depth + 1, OFF);
    }
    if (matched + 1 < part.kept.size()) {
      return value(depth + 1, matched + 1);
    }
    from = (int) parser.currentTokenLocation().getByteOffset();
    JsonNode value = value(depth + 1, OFF);
    to = (int) parser.currentLocation().getByteOffset();
    return value;
  }

  private ArrayNode array(int depth) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(depth + 1, OFF));
    }
    return array;
  }

  private TextNode string() throws IOException {
    String text = parser.getText();
    checkCharacters(text);
    if (Texts.longerThan(text, limits.stringLength())) {
      report(
          DeadLetterReason.TOO_LARGE,
          ErrorCode.TOO_LONG,
          "at most " + limits.stringLength() + " characters, is " + Shown.text(text));
    }
    return TextNode.valueOf(text);
  }

  private void checkName(String name) {
    checkCharacters(name);
    if (Texts.longerThan(name, limits.nameLength())) {
      report(
          DeadLetterReason.TOO_LARGE,
          ErrorCode.TOO_LONG,
          "a key has at most " + limits.nameLength() + " characters, this is " + Shown.text(name));
    }
  }

  private void checkCharacters(String text) {
    if (Texts.hasLoneSurrogate(text)) {
      report(
          part.unreadable,
          ErrorCode.LONE_SURROGATE,
          "must not hold half a surrogate pair, is " + Shown.text(text));
    }
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> IntNode.valueOf(parser.getIntValue());
      case LONG -> LongNode.valueOf(parser.getLongValue());
      case BIG_INTEGER -> {
        BigInteger value = parser.getBigIntegerValue();
        checkFinite(value.doubleValue());
        yield BigIntegerNode.valueOf(value);
      }
      case FLOAT, DOUBLE, BIG_DECIMAL -> throw new IllegalStateException("an integer is none");
    };
  }

  private JsonNode decimal() throws IOException {
    double value = parser.getDoubleValue();
    checkFinite(value);
    return DoubleNode.valueOf(value);
  }

  private void checkFinite(double value) throws IOException {
    if (!Double.isFinite(value)) {
      report(
          part.unreadable,
          ErrorCode.NOT_FINITE,
          "must be finite as a double, is " + Shown.name(parser.getText()));
    }
  }

  private JsonNode bytes() {
    report(
        part.unreadable,
        ErrorCode.WRONG_TYPE,
        "must be what JSON can say, is a byte string or another type of CBOR's own");
    return NullNode.instance;
  }

  private void report(DeadLetterReason reason, ErrorCode code, String message) {
    findings.add(reason, code, part.path(here()), message);
  }

  /** Dotted path of the current value; keys are made presentable. */
  private String here() {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
      String step = step(at);
      if (!step.isEmpty()) {
        path.insert(0, path.isEmpty() ? step : step + '.');
      }
    }
    return path.toString();
  }

  private static String step(JsonStreamContext at) {
    if (at.inObject() && at.hasCurrentName()) {
      return Shown.name(at.getCurrentName());
    }
    return at.inArray() && at.hasCurrentIndex() ? Integer.toString(at.getCurrentIndex()) : "";
  }
}
