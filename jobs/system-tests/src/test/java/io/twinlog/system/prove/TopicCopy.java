// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.system.TopicContents;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies topics to another prefix as they are: partitions, order, keys, values, headers. In ticks
 * of a source it changes what they say of the sources, because the router believes no others.
 */
final class TopicCopy {
  /** Records of each partition that are held back: some ticks of every router subtask. */
  private static final int TAIL = 8;

  private static final byte[] TICK = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);

  private final String bootstrap;
  private final String from;
  private final String to;
  private final SingleObject codec = new SingleObject();
  private List<ConsumerRecord<byte[], byte[]>> tail = List.of();

  TopicCopy(String bootstrap, String from, String to) {
    this.bootstrap = bootstrap;
    this.from = from;
    this.to = to;
  }

  /** Copies an inbox but for its tail: see {@link #finish}. */
  void copyInbox(Topic inbox) throws ExecutionException, InterruptedException {
    create(List.of(inbox));
    List<ConsumerRecord<byte[], byte[]>> records =
        TopicContents.readCommitted(bootstrap, inbox.in(from));
    Map<Integer, Long> ends = new HashMap<>();
    records.forEach(record -> ends.merge(record.partition(), record.offset(), Math::max));
    Map<Boolean, List<ConsumerRecord<byte[], byte[]>>> parts =
        records.stream()
            .collect(Collectors.partitioningBy(r -> r.offset() > ends.get(r.partition()) - TAIL));
    tail = parts.get(true);
    write(inbox, parts.get(false), List.of());
  }

  /**
   * Writes the tail of the inbox, which holds ticks alone. A job that is restored learns the time
   * from the next ticks of every partition: in a log that has ended there would be none.
   */
  void finish(Topic inbox) {
    if (!tail.stream().allMatch(TopicCopy::isTick)) {
      throw new IllegalStateException("devices wrote to the end: let more silence be in the log");
    }
    write(inbox, tail, List.of());
  }

  /** Copies both sources, ticks included, so that a router can start from them. */
  void copySources() throws ExecutionException, InterruptedException {
    create(Topic.SOURCES);
    List<SourceTopic> sources = SourcesOfPrefix.of(bootstrap, to);
    for (Topic topic : Topic.SOURCES) {
      write(topic, TopicContents.readCommitted(bootstrap, topic.in(from)), sources);
    }
  }

  /** Copies a topic whole, for those who look things up in it. */
  void copyStore(Topic topic) throws ExecutionException, InterruptedException {
    create(List.of(topic));
    write(topic, TopicContents.readCommitted(bootstrap, topic.in(from)), List.of());
  }

  private void create(List<Topic> topics) throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      for (Topic topic : topics) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.in(from));
        Map<String, String> settings =
            admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .filter(e -> e.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        int partitions = describe(admin, topic.in(from)).partitions().size();
        admin
            .createTopics(
                List.of(new NewTopic(topic.in(to), partitions, (short) 1).configs(settings)))
            .all()
            .get();
      }
    }
  }

  private void write(
      Topic topic, List<ConsumerRecord<byte[], byte[]>> records, List<SourceTopic> sources) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "key.serializer",
            ByteArraySerializer.class,
            "value.serializer",
            ByteArraySerializer.class,
            "acks",
            "all",
            "enable.idempotence",
            true,
            "linger.ms",
            5);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        boolean tells = !sources.isEmpty() && isTick(record);
        byte[] value = tells ? tick(record.value(), sources) : record.value();
        producer.send(
            new ProducerRecord<>(
                topic.in(to), record.partition(), record.key(), value, record.headers()));
      }
      producer.flush();
    }
  }

  private byte[] tick(byte[] value, List<SourceTopic> sources) {
    Tick tick = codec.decode(value, Tick.class);
    tick.setSources(sources);
    return codec.encode(tick);
  }

  private static boolean isTick(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(HeaderNames.TYPE);
    return type != null && Arrays.equals(type.value(), TICK);
  }

  private static TopicDescription describe(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap));
  }
}
