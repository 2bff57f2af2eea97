// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Values;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Named values between JSON, Avro maps and the domain. Numbers that are whole become integers, so
 * 21 equals 21.0.
 */
public final class Scalars {
  private static final double EXACT_MAX = 1L << 53;

  private Scalars() {}

  /** The values of a JSON object that the catalogue has checked: scalars only. Null: none. */
  public static Values values(JsonNode object) {
    TreeMap<String, Scalar> entries = new TreeMap<>();
    if (object != null) {
      object.properties().forEach(entry -> entries.put(entry.getKey(), scalar(entry.getValue())));
    }
    return new Values(entries);
  }

  /**
   * The merge patch of a JSON object that the catalogue has checked: scalars, or null to remove.
   */
  public static Patch patch(JsonNode object) {
    TreeMap<String, Scalar> set = new TreeMap<>();
    TreeSet<String> removed = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getValue().isNull()) {
        removed.add(entry.getKey());
      } else {
        set.put(entry.getKey(), scalar(entry.getValue()));
      }
    }
    return new Patch(new Values(set), removed);
  }

  /** The scalar of a leaf. */
  public static Scalar scalar(JsonNode node) {
    if (node.isBoolean()) {
      return new Scalar.Flag(node.booleanValue());
    }
    if (node.isTextual()) {
      return new Scalar.Text(node.textValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return new Scalar.Whole(node.longValue());
    }
    if (node.isNumber()) {
      return number(node.doubleValue());
    }
    throw new IllegalArgumentException("not a scalar: " + node.getNodeType());
  }

  /** A number that is no integer of 64 bits: whole where that says it exactly. */
  public static Scalar number(double value) {
    boolean whole = Math.rint(value) == value && Math.abs(value) <= EXACT_MAX;
    return whole ? new Scalar.Whole((long) value) : new Scalar.Decimal(value);
  }

  /** As an Avro map, in the order of the names, so that equal values are equal bytes. */
  public static Map<String, Object> toAvro(Values values) {
    if (values.size() == 0) {
      return Map.of();
    }
    Map<String, Object> map = new TreeMap<>();
    values.entries().forEach((name, scalar) -> map.put(name, toAvro(scalar)));
    return map;
  }

  /** As an Avro map in which null removes. */
  public static Map<String, Object> toAvro(Patch patch) {
    Map<String, Object> map = new TreeMap<>(toAvro(patch.set()));
    patch.removed().forEach(name -> map.put(name, null));
    return map;
  }

  public static Object toAvro(Scalar scalar) {
    if (scalar instanceof Scalar.Text text) {
      return text.value();
    }
    if (scalar instanceof Scalar.Whole whole) {
      return whole.value();
    }
    if (scalar instanceof Scalar.Decimal decimal) {
      return decimal.value();
    }
    if (scalar instanceof Scalar.Flag flag) {
      return flag.value();
    }
    throw new IllegalStateException("no rule for " + scalar.getClass().getSimpleName());
  }

  /** The values of an Avro map. */
  public static Values valuesOf(Map<String, Object> map) {
    if (map.isEmpty()) {
      return Values.NONE;
    }
    TreeMap<String, Scalar> entries = new TreeMap<>();
    map.forEach((name, value) -> entries.put(name, ofAvro(value)));
    return new Values(entries);
  }

  /** The patch of an Avro map in which null removes. */
  public static Patch patchOf(Map<String, Object> map) {
    TreeMap<String, Scalar> set = new TreeMap<>();
    TreeSet<String> removed = new TreeSet<>();
    map.forEach(
        (name, value) -> {
          if (value == null) {
            removed.add(name);
          } else {
            set.put(name, ofAvro(value));
          }
        });
    return new Patch(new Values(set), removed);
  }

  public static Scalar ofAvro(Object value) {
    if (value instanceof CharSequence text) {
      return new Scalar.Text(text.toString());
    }
    if (value instanceof Long whole) {
      return new Scalar.Whole(whole);
    }
    if (value instanceof Double decimal) {
      return new Scalar.Decimal(decimal);
    }
    if (value instanceof Boolean flag) {
      return new Scalar.Flag(flag);
    }
    throw new IllegalStateException("no rule for " + value.getClass().getSimpleName());
  }
}
