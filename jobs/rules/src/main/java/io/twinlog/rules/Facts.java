// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.cel.Conditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as conditions see it. Costs a walk through the whole tree. */
public final class Facts {
  private Facts() {}

  /**
   * Map, List, String, Boolean, Long where a whole number fits, else Double; for null {@link
   * Conditions#NOTHING}.
   */
  public static Object of(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> object(json);
      case ARRAY -> array(json);
      case STRING -> json.textValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER ->
          json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : number(json);
      case NULL, MISSING -> Conditions.NOTHING;
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + json.getNodeType());
    };
  }

  private static Object number(JsonNode json) {
    return json.doubleValue();
  }

  private static Map<String, Object> object(JsonNode json) {
    Map<String, Object> object = new LinkedHashMap<>();
    json.properties().forEach(field -> object.put(field.getKey(), of(field.getValue())));
    return object;
  }

  private static List<Object> array(JsonNode json) {
    List<Object> array = new ArrayList<>(json.size());
    json.forEach(item -> array.add(of(item)));
    return array;
  }
}
