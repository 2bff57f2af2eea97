// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees within milliseconds that rules are in force. */
final class TickWatch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final SingleObject CODEC = new SingleObject();

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Watches from the end of the topic on. */
  TickWatch(String bootstrap, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * Waits for the first tick of any partition that carries the version.
   *
   * @throws IllegalStateException when none comes
   */
  void await(long version) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (tick(record).filter(tick -> tick.getRulesVersion() == version).isPresent()) {
          return;
        }
      }
    }
    throw new IllegalStateException("no tick with version " + version + " within " + PATIENCE);
  }

  /** The tick that a record holds; empty: it is none. */
  static Optional<Tick> tick(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(HeaderNames.TYPE);
    boolean tick =
        type != null && new String(type.value(), StandardCharsets.UTF_8).equals(HeaderNames.TICK);
    return tick ? Optional.of(CODEC.decode(record.value(), Tick.class)) : Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
