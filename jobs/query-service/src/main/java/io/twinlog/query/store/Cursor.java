// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page has ended: the last row's value of the column that is sorted by, and its key. Rows
 * that come or go meanwhile shift nothing.
 *
 * @param value String, Long or null
 */
record Cursor(Object value, String key) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  String text() {
    ArrayNode parts = JSON.createArrayNode();
    if (value instanceof Long number) {
      parts.add(number);
    } else {
      parts.add((String) value);
    }
    byte[] bytes = parts.add(key).toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when no page has ended so
   */
  static Cursor of(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      JsonNode parts = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      if (parts.size() == 2 && parts.get(1).isTextual()) {
        JsonNode value = parts.get(0);
        boolean known = value.isNull() || value.isTextual() || value.canConvertToLong();
        if (known) {
          Object read = value.isNull() ? null : value.isTextual() ? value.asText() : value.asLong();
          return new Cursor(read, parts.get(1).asText());
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no page has ended at " + text, e);
    }
    throw new IllegalArgumentException("no page has ended at " + text);
  }
}
