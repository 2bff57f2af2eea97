// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.wire.Topic;
import io.twinlog.wire.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * One text for each value that says the same: as JSON, the keys of every object sorted, without the
 * fields that are soft. Numbers stay as they were written. Not for threads to share.
 */
final class CanonicalJson {
  private static final Set<String> SOFT_OF_STATE = Set.of("last_seen", "last_data");

  private final RecordJson json = new RecordJson();
  private final Set<String> soft;

  /**
   * @param topic whose soft fields are left out
   */
  CanonicalJson(Topic topic) {
    soft = topic == Topic.DEVICE_STATE ? SOFT_OF_STATE : Set.of();
  }

  /** The text in UTF-8; no bytes at all for a tombstone. */
  byte[] of(byte[] value) {
    if (value == null) {
      return new byte[0];
    }
    JsonNode tree = json.value(value);
    if (tree instanceof ObjectNode object) {
      object.remove(soft);
    }
    return sorted(tree).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      Collections.sort(names);
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      names.forEach(name -> result.set(name, sorted(object.get(name))));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> result.add(sorted(element)));
      return result;
    }
    return node;
  }
}
