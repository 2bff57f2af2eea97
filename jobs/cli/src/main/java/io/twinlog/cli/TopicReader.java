// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads topics of an installation to their ends, and on from there. It keeps no record; where no
 * broker answers it ends the command with one line.
 */
final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Environment environment;
  private final Connection connection;
  private final Consumer<byte[], byte[]> consumer;

  private TopicReader(
      Environment environment, Connection connection, Consumer<byte[], byte[]> consumer) {
    this.environment = environment;
    this.connection = connection;
    this.consumer = consumer;
  }

  /** Opens it for topics that are there. */
  static TopicReader open(Twinlog twinlog, Topic... topics) {
    Connection connection = twinlog.connection();
    Broker.require(connection, topics);
    return new TopicReader(
        twinlog.environment(),
        connection,
        new KafkaConsumer<>(connection.settings().consumerProperties()));
  }

  /** Reads what the topic holds now, each partition in its order. */
  void read(Topic topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try {
      TopicSpan span = TopicSpan.of(consumer, topic.in(connection.settings().prefix()));
      span.read(consumer, environment, reader);
      // Some may have come with the last ones that it passed over.
      span.ends().forEach(consumer::seek);
    } catch (TimeoutException e) {
      throw told(e);
    }
  }

  /** Reads what has come since, and waits half a second for it. */
  void readOn(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.poll(POLL).forEach(reader);
  }

  /**
   * First and end offsets of the partitions of topics, by full name. Topics that do not exist are
   * left out: asking for one may create it.
   */
  Map<TopicPartition, Bounds> bounds(Iterable<String> topics) {
    Map<TopicPartition, Bounds> bounds = new HashMap<>();
    try (Broker broker = new Broker(connection)) {
      var existing = broker.topics();
      for (String topic : topics) {
        if (existing.contains(topic)) {
          TopicSpan span = TopicSpan.of(consumer, topic);
          span.ends()
              .forEach(
                  (partition, end) ->
                      bounds.put(partition, new Bounds(span.beginnings().get(partition), end)));
        }
      }
      return bounds;
    } catch (TimeoutException e) {
      throw told(e);
    }
  }

  /**
   * What a partition holds.
   *
   * @param end the offset after the last
   */
  record Bounds(long beginning, long end) {}

  private CommandFailure told(TimeoutException failure) {
    return Broker.noAnswer(connection, "waited " + DurationText.of(Broker.PATIENCE), failure);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
