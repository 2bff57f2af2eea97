// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the broker has of the source topics, and of the ticks in them. It writes nothing. */
final class SourceTopics {
  private static final int FIRST_WINDOW = 1_024;

  private final Properties connection;
  private final String prefix;

  /**
   * @param connection where the brokers are, and how to speak to them
   */
  SourceTopics(Properties connection, String prefix) {
    this.connection = connection;
    this.prefix = prefix;
  }

  /** The source topics as they are now. */
  List<SourceTopic> describe() throws InterruptedException, ExecutionException {
    List<String> names = Topic.SOURCES.stream().map(topic -> topic.in(prefix)).toList();
    Map<String, TopicDescription> found = describe(names);
    return names.stream()
        .map(found::get)
        .map(t -> new SourceTopic(t.name(), t.topicId().toString(), t.partitions().size()))
        .toList();
  }

  private Map<String, TopicDescription> describe(Collection<String> names)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(connection)) {
      return admin.describeTopics(names).allTopicNames().get();
    }
  }

  static List<TopicPartition> partitions(List<SourceTopic> sources) {
    return sources.stream()
        .flatMap(
            source ->
                IntStream.range(0, source.getPartitions())
                    .mapToObj(partition -> new TopicPartition(source.getTopic(), partition)))
        .toList();
  }

  /** The newest ticks of the source partitions. */
  List<Tick> ticks(List<SourceTopic> sources) {
    return newest(partitions(sources));
  }

  /** What the inboxes, as far as there are any, have heard of ticks. */
  List<Tick> ticksToldToInboxes() throws InterruptedException, ExecutionException {
    List<String> names = new ArrayList<>();
    try (Admin admin = Admin.create(connection)) {
      Set<String> existing = admin.listTopics().names().get();
      Topic.INBOXES.stream()
          .map(topic -> topic.in(prefix))
          .filter(existing::contains)
          .forEach(names::add);
    }
    List<TopicPartition> partitions = new ArrayList<>();
    describe(names)
        .values()
        .forEach(
            topic ->
                topic
                    .partitions()
                    .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition()))));
    return newest(partitions);
  }

  private List<Tick> newest(List<TopicPartition> partitions) {
    Map<String, Object> settings = new HashMap<>();
    connection.forEach((key, value) -> settings.put((String) key, value));
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return new TickHistory(consumer, FIRST_WINDOW).newest(partitions);
    }
  }
}
