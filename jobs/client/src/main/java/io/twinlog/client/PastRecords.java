// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads again what a partition held, by offsets, beside whoever reads it on. */
final class PastRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** Behind each record that it reads the client asks for more, and the next one waits for that. */
  private static final int FETCH_WAIT_MILLIS = 5;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;

  PastRecords(ClientSettings client, TopicPartition partition) {
    Map<String, Object> properties = client.consumerProperties();
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    this.consumer = new KafkaConsumer<>(properties);
    this.partition = partition;
    consumer.assign(List.of(partition));
  }

  /** Reads what there is of {@code [from, to)}, in order. */
  void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    long end = Math.min(to, end());
    consumer.seek(partition, from);
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < to) {
          reader.accept(record);
        }
      }
    }
  }

  /** The record at an offset; empty: it is no longer there. */
  Optional<ConsumerRecord<byte[], byte[]>> at(long offset) {
    long end = Math.min(offset + 1, end());
    consumer.seek(partition, offset);
    while (consumer.position(partition) < end) {
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
      if (!records.isEmpty()) {
        return Optional.of(records.get(0)).filter(record -> record.offset() == offset);
      }
    }
    return Optional.empty();
  }

  private long end() {
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
