// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import io.twinlog.wire.Header;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All that a topic holds, from its first record to its end at the time of asking, in the order of
 * each partition.
 */
public final class TopicContents {
  private TopicContents() {}

  /** Of the default prefix. */
  public static List<ConsumerRecord<byte[], byte[]>> read(String bootstrap, Topic topic) {
    return read(bootstrap, topic.in("twinlog."), "read_uncommitted");
  }

  /** Only what no transaction may yet take back. */
  static List<ConsumerRecord<byte[], byte[]>> readCommitted(String bootstrap, Topic topic) {
    return readCommitted(bootstrap, topic.in("twinlog."));
  }

  /** The same of a topic by its whole name. */
  public static List<ConsumerRecord<byte[], byte[]>> readCommitted(String bootstrap, String topic) {
    return read(bootstrap, topic, "read_committed");
  }

  /** The same of several topics, in one go. */
  public static List<ConsumerRecord<byte[], byte[]>> readCommitted(
      String bootstrap, Collection<String> topics) {
    return read(bootstrap, topics, "read_committed");
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrap, String topic, String isolation) {
    return read(bootstrap, List.of(topic), isolation);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrap, Collection<String> topics, String isolation) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("isolation.level", isolation);
    properties.put("key.deserializer", ByteArrayDeserializer.class);
    properties.put("value.deserializer", ByteArrayDeserializer.class);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /** The headers of a record, as {@link io.twinlog.wire.Repeats} takes them. */
  public static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return headers;
  }
}
