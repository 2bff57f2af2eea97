// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.EventData;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/**
 * Renders any record of ours as the JSON that people and scripts see: the names of the schema, no
 * wrappers around unions, times as text. It does not read JSON back; equal records give equal JSON.
 */
public final class AvroJson {
  /** Property of a record schema of which exactly one branch is set: only that one is rendered. */
  public static final String ONE_OF = "twinlog.oneof";

  private static final String JSON_TEXT = "json";
  private static final String PAYLOAD = "payload";
  private static final String ENCODING = "encoding";

  /** {@code 2026-01-01T00:00:00.000Z}: always UTC, always three digits. */
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final GenericData MODEL = model();

  private AvroJson() {}

  private static GenericData model() {
    GenericData model = new GenericData();
    model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    return model;
  }

  /**
   * Renders a generic or generated record.
   *
   * <p>Nulls are kept, maps are sorted by key, bytes are {@code {"base64": ...}}, NaN and the
   * infinities are strings. A string of logical type {@code json} that is no JSON stays a string; a
   * payload that is not what its encoding says is base64.
   */
  public static JsonNode of(IndexedRecord datum) {
    return value(datum.getSchema(), datum);
  }

  /** Renders an instant as every timestamp here: ISO 8601, UTC, milliseconds. */
  public static String instant(Instant time) {
    return MILLIS.format(time);
  }

  private static JsonNode value(Schema schema, Object datum) {
    return switch (schema.getType()) {
      case RECORD -> fields((IndexedRecord) datum);
      case ARRAY -> array(schema, (Collection<?>) datum);
      case MAP -> map(schema, (Map<?, ?>) datum);
      case UNION -> union(schema, datum);
      case STRING -> string(schema, datum.toString());
      case ENUM -> TextNode.valueOf(datum.toString());
      case BYTES -> RecordJson.base64(bytes((ByteBuffer) datum));
      case FIXED -> RecordJson.base64(((GenericFixed) datum).bytes());
      case INT -> NODES.numberNode((int) datum);
      case LONG -> whole(schema, datum);
      case FLOAT -> real((float) datum, () -> NODES.numberNode((float) datum));
      case DOUBLE -> real((double) datum, () -> NODES.numberNode((double) datum));
      case BOOLEAN -> NODES.booleanNode((boolean) datum);
      case NULL -> NullNode.instance;
    };
  }

  private static JsonNode fields(IndexedRecord datum) {
    Schema schema = datum.getSchema();
    if (Boolean.TRUE.equals(schema.getObjectProp(ONE_OF))) {
      List<Schema.Field> branches =
          schema.getFields().stream().filter(field -> datum.get(field.pos()) != null).toList();
      if (branches.isEmpty()) {
        return NullNode.instance; // written by a later release, with a branch unknown here
      }
      if (branches.size() == 1) {
        return field(branches.get(0), datum);
      }
    }
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : schema.getFields()) {
      object.set(field.name(), field(field, datum));
    }
    if (schema.getFullName().equals(EventData.getClassSchema().getFullName())) {
      object.set(PAYLOAD, payload(schema, datum));
    }
    return object;
  }

  private static JsonNode field(Schema.Field field, IndexedRecord datum) {
    return value(field.schema(), datum.get(field.pos()));
  }

  private static JsonNode payload(Schema schema, IndexedRecord data) {
    byte[] bytes = bytes((ByteBuffer) data.get(schema.getField(PAYLOAD).pos()));
    Object encoding = data.get(schema.getField(ENCODING).pos());
    return switch (Encoding.valueOf(encoding.toString())) {
      case JSON -> ExactJson.parse(bytes).orElseGet(() -> RecordJson.base64(bytes));
      case TEXT -> RecordJson.text(bytes);
      case AVRO, CBOR, BINARY -> RecordJson.base64(bytes);
    };
  }

  private static JsonNode array(Schema schema, Collection<?> items) {
    ArrayNode array = NODES.arrayNode(items.size());
    items.forEach(item -> array.add(value(schema.getElementType(), item)));
    return array;
  }

  private static JsonNode map(Schema schema, Map<?, ?> entries) {
    Map<String, Object> sorted = new TreeMap<>();
    entries.forEach((key, entry) -> sorted.put(key.toString(), entry));
    ObjectNode object = NODES.objectNode();
    sorted.forEach((key, entry) -> object.set(key, value(schema.getValueType(), entry)));
    return object;
  }

  private static JsonNode union(Schema schema, Object datum) {
    if (datum == null) {
      return NullNode.instance;
    }
    return value(schema.getTypes().get(MODEL.resolveUnion(schema, datum)), datum);
  }

  private static JsonNode string(Schema schema, String text) {
    return JSON_TEXT.equals(schema.getProp(LogicalType.LOGICAL_TYPE_PROP))
        ? ExactJson.parse(text).orElseGet(() -> TextNode.valueOf(text))
        : TextNode.valueOf(text);
  }

  private static JsonNode whole(Schema schema, Object datum) {
    if (datum instanceof Instant time) {
      return TextNode.valueOf(instant(time));
    }
    long number = (long) datum;
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
        ? TextNode.valueOf(instant(Instant.ofEpochMilli(number)))
        : NODES.numberNode(number);
  }

  /** JSON has no word for NaN and the infinities. */
  private static JsonNode real(double number, Supplier<JsonNode> node) {
    return Double.isFinite(number) ? node.get() : TextNode.valueOf(Double.toString(number));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
