// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;

/**
 * Turns an Avro value into the JSON tree that it stands for, under the limits of JSON. A null in a
 * field of a record is left out: Avro has no other way to say absent. Maps are put in the order of
 * their keys, for Avro's have none.
 */
final class AvroTree {
  private final DecoderLimits limits;
  private final Part part;
  private final Findings findings;

  AvroTree(DecoderLimits limits, Part part, Findings findings) {
    this.limits = limits;
    this.part = part;
    this.findings = findings;
  }

  JsonNode of(IndexedRecord record) {
    return node(record, "", 1);
  }

  private JsonNode node(Object value, String path, int depth) {
    if (depth > limits.depth() + 1) {
      report(DeadLetterReason.TOO_LARGE, ErrorCode.TOO_DEEP, path, "at most " + limits.depth());
      return NullNode.instance;
    }
    if (value instanceof IndexedRecord record) {
      return record(record, path, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, path, depth);
    }
    if (value instanceof Collection<?> items) {
      return array(items, path, depth);
    }
    return scalar(value, path);
  }

  private ObjectNode record(IndexedRecord record, String path, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        object.set(field.name(), node(value, within(path, field.name()), depth + 1));
      }
    }
    return object;
  }

  private ObjectNode map(Map<?, ?> map, String path, int depth) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(key.toString(), value));
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    sorted.forEach(
        (key, value) -> {
          String here = within(path, Shown.name(key));
          checkLength(key, limits.nameLength(), here);
          object.set(key, node(value, here, depth + 1));
        });
    return object;
  }

  private ArrayNode array(Collection<?> items, String path, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Object item : items) {
      array.add(node(item, within(path, Integer.toString(array.size())), depth + 1));
    }
    return array;
  }

  private JsonNode scalar(Object value, String path) {
    if (value == null) {
      return NullNode.instance;
    }
    if (value instanceof CharSequence || value instanceof GenericEnumSymbol) {
      String text = value.toString();
      checkLength(text, limits.stringLength(), path);
      return TextNode.valueOf(text);
    }
    if (value instanceof Boolean known) {
      return BooleanNode.valueOf(known);
    }
    if (value instanceof Integer known) {
      return IntNode.valueOf(known);
    }
    if (value instanceof Long known) {
      return LongNode.valueOf(known);
    }
    if (value instanceof Number known) {
      return decimal(known.doubleValue(), path);
    }
    report(part.unreadable, ErrorCode.WRONG_TYPE, path, "must be what JSON can say, is bytes");
    return NullNode.instance;
  }

  private JsonNode decimal(double value, String path) {
    if (!Double.isFinite(value)) {
      report(part.unreadable, ErrorCode.NOT_FINITE, path, "must be finite, is " + value);
    }
    return DoubleNode.valueOf(value);
  }

  private void checkLength(String text, int most, String path) {
    if (Texts.longerThan(text, most)) {
      report(
          DeadLetterReason.TOO_LARGE,
          ErrorCode.TOO_LONG,
          path,
          "at most " + most + " characters, is " + Shown.text(text));
    }
  }

  private static String within(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  private void report(DeadLetterReason reason, ErrorCode code, String path, String message) {
    findings.add(reason, code, part.path(path), message);
  }
}
