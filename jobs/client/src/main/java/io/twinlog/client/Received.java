// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a subscriber has read.
 *
 * @param topic without the prefix
 * @param key empty: it has none
 * @param value as it stands in the topic; null: a tombstone
 */
public record Received(
    String topic, int partition, long offset, String key, byte[] value, List<Header> headers) {
  public Received {
    headers = List.copyOf(headers);
  }

  static Received of(ClientSettings client, ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return new Received(
        record.topic().substring(client.prefix().length()),
        record.partition(),
        record.offset(),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        record.value(),
        headers);
  }

  /** Event type, command name or record name: header {@code tl-type}; empty: none. */
  public String type() {
    return Header.text(headers, HeaderNames.TYPE).orElse("");
  }

  /** The value as {@code twinlog tail} shows it: Avro and JSON as a tree, else base64. */
  public JsonNode json() {
    return new RecordJson().value(value);
  }

  /**
   * The value as a record of {@code io.twinlog.schemas}, of any version of its schema.
   *
   * @throws SingleObject.UnreadableException when it is none
   */
  public <T extends SpecificRecordBase> T as(Class<T> type) {
    return new SingleObject().decode(value, type);
  }

  boolean isTick() {
    return type().equals(HeaderNames.TICK);
  }

  /** {@code topic/partition/offset}, as {@code twinlog explain} takes it. */
  public String place() {
    return topic + '/' + partition + '/' + offset;
  }
}
