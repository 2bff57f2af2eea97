// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.json.AvroJson;
import io.twinlog.wire.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/** Renders a record of Kafka as the object that {@code tail} prints. It chooses no records. */
final class RecordLine {
  private static final byte[] TICK = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);

  private final String topic;
  private final RecordJson json = new RecordJson();

  /**
   * @param topic name to print, without the prefix
   */
  RecordLine(String topic) {
    this.topic = topic;
  }

  static boolean isTick(ConsumerRecord<byte[], byte[]> message) {
    Header type = message.headers().lastHeader(HeaderNames.TYPE);
    return type != null && Arrays.equals(type.value(), TICK);
  }

  ObjectNode of(ConsumerRecord<byte[], byte[]> message) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("topic", topic)
            .put("partition", message.partition())
            .put("offset", message.offset())
            .put("timestamp", timestamp(message));
    line.set("key", RecordJson.text(message.key()));
    line.set("headers", headers(message));
    line.set("value", json.value(message.value()));
    return line;
  }

  private static String timestamp(ConsumerRecord<byte[], byte[]> message) {
    return message.timestampType() == TimestampType.NO_TIMESTAMP_TYPE
        ? null
        : AvroJson.instant(Instant.ofEpochMilli(message.timestamp()));
  }

  /** A name that occurs more than once has a list of its values, in order. */
  private static ObjectNode headers(ConsumerRecord<byte[], byte[]> message) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    for (Header header : message.headers()) {
      JsonNode value = RecordJson.text(header.value());
      JsonNode earlier = headers.get(header.key());
      if (earlier == null) {
        headers.set(header.key(), value);
      } else if (earlier instanceof ArrayNode values) {
        values.add(value);
      } else {
        headers.putArray(header.key()).add(earlier).add(value);
      }
    }
    return headers;
  }
}
