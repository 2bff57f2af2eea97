// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Reason;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads the payloads of events that a decoder has let pass, for those who handle them. The rules
 * are the decoder's; the limits are the largest that a decoder may have. Threads may share it.
 */
public final class Payloads {
  private static final TreeReader TREES = new TreeReader(DecoderLimits.LARGEST);
  private static final PayloadReader READER =
      new PayloadReader(TREES, Catalogue.avroWriters(DeclaredTypes.installed()));

  private Payloads() {}

  /**
   * The tree of a payload in JSON, CBOR or AVRO.
   *
   * @throws UnreadablePayloadException when it cannot be read, or is TEXT or BINARY: no decoder has
   *     let that pass, or the caller did not look at the encoding
   */
  public static JsonNode read(EventData data) {
    Findings findings = new Findings();
    Optional<JsonNode> tree = READER.read(data, findings);
    if (!findings.isEmpty()) {
      throw new UnreadablePayloadException(findings.all());
    }
    return tree.orElseThrow(
        () ->
            new UnreadablePayloadException(
                List.of(
                    ErrorCode.UNKNOWN_VALUE.at(
                        "data.encoding",
                        "a payload of encoding " + data.getEncoding() + " has no tree"))));
  }

  /** A payload in JSON, with the members of objects in the order of the tree. */
  public static EventData json(JsonNode tree, String schemaVersion) {
    byte[] utf8 = tree.toString().getBytes(StandardCharsets.UTF_8);
    return new EventData(ByteBuffer.wrap(utf8), schemaVersion, Encoding.JSON);
  }

  /** Text of a field of the outermost object; empty: none, not text, or not to be read. */
  static Optional<String> text(EventData data, String field) {
    ByteBuffer payload = data.getPayload();
    return switch (data.getEncoding()) {
      case JSON -> scan(() -> TREES.jsonParser(PayloadReader.bytes(payload)), field);
      case CBOR -> scan(() -> TREES.cborParser(PayloadReader.bytes(payload)), field);
      case AVRO ->
          READER
              .read(data, new Findings())
              .map(tree -> tree.path(field))
              .filter(JsonNode::isTextual)
              .map(JsonNode::textValue);
      case TEXT, BINARY -> Optional.empty();
    };
  }

  private interface Opening {
    JsonParser open() throws IOException;
  }

  /** Reads no further than the field: this is asked of every event. */
  private static Optional<String> scan(Opening opening, String field) {
    try (JsonParser parser = opening.open()) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(field);
        JsonToken value = parser.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      // No decoder has let this payload pass; what is asked for cannot be found in it.
      return Optional.empty();
    }
  }

  /** A payload that no decoder can have let pass. */
  public static final class UnreadablePayloadException extends RuntimeException {
    private final transient List<Reason> reasons;

    UnreadablePayloadException(List<Reason> reasons) {
      super("the payload cannot be read: " + reasons);
      this.reasons = reasons;
    }

    /** All that is wrong; at least one. */
    public List<Reason> reasons() {
      return reasons;
    }
  }
}
