// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.Reason;
import io.twinlog.wire.DeadLetter;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.json.AvroJson;
import io.twinlog.wire.json.RecordJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter as the operator's commands keep it: what its headers tell, and its key. Value and
 * headers stay in the topic and are read again where they are needed.
 *
 * @param time epoch milliseconds: log time, or Kafka's timestamp where no tick had come
 * @param key text, or {"base64": ...}, or null
 * @param type of the event or command that it holds; empty: not known
 */
record Letter(LetterId id, long time, JsonNode key, String type, DeadLetter told) {
  private static final int TYPE_MAX = 128;

  static Letter of(ConsumerRecord<byte[], byte[]> message, RecordJson json) {
    List<Header> headers = headers(message);
    DeadLetter told = DeadLetter.of(headers);
    return new Letter(
        id(message),
        told.wall() == 0 ? message.timestamp() : told.wall(),
        RecordJson.text(message.key()),
        type(headers, message.value(), json),
        told);
  }

  static LetterId id(ConsumerRecord<byte[], byte[]> message) {
    return new LetterId(message.partition(), message.offset());
  }

  static List<Header> headers(ConsumerRecord<byte[], byte[]> message) {
    List<Header> headers = new ArrayList<>();
    message.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return headers;
  }

  /** The router has not opened what it rejects: its type is in the value, if anywhere. */
  private static String type(List<Header> headers, byte[] value, RecordJson json) {
    String moved = DeadLetterHeaders.ORIGINAL + HeaderNames.TYPE;
    JsonNode tree = json.value(value);
    String type =
        Header.text(headers, moved)
            .orElseGet(() -> tree.path("event_type").asText(tree.path("command").asText()));
    return type.length() <= TYPE_MAX ? type : type.substring(0, TYPE_MAX);
  }

  /** What repeats of a letter share. */
  String name() {
    return told.origin().isEmpty() ? id.toString() : told.origin();
  }

  /** Its code, path and message; empty: the reason says it all. */
  String firstError() {
    if (told.errors().isEmpty()) {
      return "";
    }
    Reason first = told.errors().get(0);
    String where = first.path().isEmpty() ? "" : " at " + first.path();
    return first.code() + where + ": " + first.message();
  }

  ObjectNode json(LetterStatus status, String prefix) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("letter", id.toString())
            .put("time", instant(time))
            .put("status", status.text())
            .put("reason", told.reason());
    json.set("key", key);
    return json.put("attempt", told.attempt())
        .put("first_seen", told.firstSeen() == 0 ? null : instant(told.firstSeen()))
        .put("type", type)
        .put("topic", topic(prefix))
        .put("error", firstError());
  }

  /** Where the record was read, without the prefix. */
  String topic(String prefix) {
    return withoutPrefix(told.place().topic(), prefix);
  }

  static String withoutPrefix(String topic, String prefix) {
    return topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
  }

  static String instant(long millis) {
    return AvroJson.instant(Instant.ofEpochMilli(millis));
  }
}
