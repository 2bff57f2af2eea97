// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * What a topic held at one moment, from the first offset that is retained to the end. It keeps no
 * records: they are read as often as they are asked for.
 *
 * @param beginnings per partition, the first offset
 * @param ends per partition, the offset after the last
 */
record TopicSpan(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
  private static final Duration POLL = Duration.ofMillis(500);

  static TopicSpan of(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, Broker.PATIENCE).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    return new TopicSpan(
        consumer.beginningOffsets(partitions, Broker.PATIENCE),
        consumer.endOffsets(partitions, Broker.PATIENCE));
  }

  /** Of it one partition alone. */
  TopicSpan partition(int number) {
    TopicPartition partition = new TopicPartition(topic(), number);
    return new TopicSpan(
        Map.of(partition, beginnings.get(partition)), Map.of(partition, ends.get(partition)));
  }

  /**
   * Since when nothing is missing: the latest of the times at which partitions begin that were
   * longer once; {@code Long.MIN_VALUE}: none was. One that is empty does not say when it was; the
   * others go by the same retention.
   *
   * @param firsts Kafka's timestamp of the first record of each partition that has one
   */
  long retainedFrom(Map<Integer, Long> firsts) {
    List<Integer> cut =
        beginnings.entrySet().stream()
            .filter(beginning -> beginning.getValue() > 0)
            .map(beginning -> beginning.getKey().partition())
            .toList();
    if (cut.isEmpty()) {
      return Long.MIN_VALUE;
    }
    return cut.stream()
        .filter(firsts::containsKey)
        .mapToLong(firsts::get)
        .max()
        .orElse(Long.MAX_VALUE);
  }

  /** Reads all of it, each partition in its order; says how far it is where that takes long. */
  void read(
      Consumer<byte[], byte[]> consumer,
      Environment environment,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    consumer.assign(ends.keySet());
    beginnings.forEach(consumer::seek);
    ReadProgress progress = new ReadProgress(environment, topic(), left(consumer, left));
    while (true) {
      progress.look(left(consumer, left));
      if (left.isEmpty()) {
        return;
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> message : records) {
        if (message.offset() < ends.get(new TopicPartition(message.topic(), message.partition()))) {
          reader.accept(message);
        }
      }
      if (records.isEmpty()) {
        // A broker that has gone looks like one that has nothing new; this asks, and may time out.
        consumer.endOffsets(left.keySet(), Broker.PATIENCE);
      }
    }
  }

  String topic() {
    return ends.keySet().stream().findFirst().map(TopicPartition::topic).orElse("");
  }

  /** Offsets that are not read yet; what is read to its end is taken out. */
  private static long left(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> left) {
    long sum = 0;
    for (Iterator<Map.Entry<TopicPartition, Long>> ends = left.entrySet().iterator();
        ends.hasNext(); ) {
      Map.Entry<TopicPartition, Long> end = ends.next();
      long ahead = end.getValue() - consumer.position(end.getKey(), Broker.PATIENCE);
      if (ahead <= 0) {
        ends.remove();
      } else {
        sum += ahead;
      }
    }
    return sum;
  }
}
