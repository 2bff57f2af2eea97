// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads JSON only where the tree says all that the text said: no doubled key, no digit dropped,
 * nothing after the value. It judges no content; what it will not read is shown as bytes.
 */
public final class ExactJson {
  /** Half of what Jackson writes at most, so that a tree can be embedded in another. */
  private static final int DEPTH_MAX = 500;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ExactJson() {}

  /** The tree of UTF-8 without a byte order mark; empty when it is not exactly JSON. */
  public static Optional<JsonNode> parse(byte[] utf8) {
    return text(utf8).flatMap(ExactJson::parse);
  }

  /** The tree of a text; empty when it is not exactly JSON. */
  public static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(read(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not JSON is an answer here, not an error
    }
  }

  /**
   * The tree of a text that ought to be JSON.
   *
   * @throws IllegalArgumentException with what is wrong, and where, in one line
   */
  public static JsonNode read(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree.isMissingNode()) {
        throw new IllegalArgumentException("it is empty");
      }
      return tree;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw new IllegalArgumentException(e.getOriginalMessage() + where, e);
    } catch (NumberFormatException e) {
      // An exponent of eleven digits passes the grammar, and no number holds it.
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The bytes as text; empty when they are not well-formed UTF-8. */
  public static Optional<String> text(byte[] utf8) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
