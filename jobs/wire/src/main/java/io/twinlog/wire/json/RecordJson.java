// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.wire.SingleObject;
import java.util.Base64;

/**
 * Renders the parts of a Kafka record of which nobody knows what wrote them, without losing a byte:
 * what is not shown as itself is shown as base64. Not for threads to share.
 */
public final class RecordJson {
  private final SingleObject codec = new SingleObject();

  /**
   * Renders a value: Avro of a known schema by {@link AvroJson}, JSON as it is, all else {@code
   * {"base64": ...}}; a tombstone (null) is null. JSON with doubled keys, a byte order mark or more
   * than 500 levels counts as bytes, because its tree would say less than it did.
   */
  public JsonNode value(byte[] bytes) {
    if (bytes == null) {
      return NullNode.instance;
    }
    if (SingleObject.marks(bytes)) {
      try {
        return AvroJson.of(codec.decode(bytes));
      } catch (SingleObject.UnreadableException e) {
        return base64(bytes); // the marker alone proves nothing; the bytes are shown instead
      }
    }
    return ExactJson.parse(bytes).orElseGet(() -> base64(bytes));
  }

  /** Renders a key or a header: text where it is UTF-8, else {@code {"base64": ...}}; or null. */
  public static JsonNode text(byte[] bytes) {
    return bytes == null
        ? NullNode.instance
        : ExactJson.text(bytes).<JsonNode>map(TextNode::valueOf).orElseGet(() -> base64(bytes));
  }

  static JsonNode base64(byte[] bytes) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("base64", Base64.getEncoder().encodeToString(bytes));
  }
}
