// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as values of Java's own, as conditions see it. Costs a walk through the whole tree. */
public final class PlainJson {
  private PlainJson() {}

  /**
   * Map, List, String, Boolean, Long where a whole number fits, else Double.
   *
   * @param nothing what stands for null
   */
  public static Object of(JsonNode json, Object nothing) {
    return switch (json.getNodeType()) {
      case OBJECT -> object(json, nothing);
      case ARRAY -> array(json, nothing);
      case STRING -> json.textValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER ->
          json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : number(json);
      case NULL, MISSING -> nothing;
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + json.getNodeType());
    };
  }

  private static Object number(JsonNode json) {
    return json.doubleValue();
  }

  private static Map<String, Object> object(JsonNode json, Object nothing) {
    Map<String, Object> object = new LinkedHashMap<>();
    json.properties().forEach(field -> object.put(field.getKey(), of(field.getValue(), nothing)));
    return object;
  }

  private static List<Object> array(JsonNode json, Object nothing) {
    List<Object> array = new ArrayList<>(json.size());
    json.forEach(item -> array.add(of(item, nothing)));
    return array;
  }
}
