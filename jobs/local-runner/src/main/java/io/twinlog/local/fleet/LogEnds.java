// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/**
 * How far the topics of an installation go, and how far its jobs have come. A job commits what it
 * has read with each checkpoint, so what it has read since the last counts as unread here.
 */
final class LogEnds implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String NO_REASON = "none given";

  private final ClientSettings settings;
  private final Admin admin;
  private final Map<Topic, List<TopicPartition>> partitions = new HashMap<>();

  LogEnds(ClientSettings settings) {
    this.settings = settings;
    admin = Admin.create(settings.adminProperties(PATIENCE));
  }

  /**
   * Fails unless the installation is there.
   *
   * @throws LoadFailure when no broker answers, or there is no topic to write to
   */
  void require() {
    String ingress = Topic.INGRESS.in(settings.prefix());
    if (!answer(admin.listTopics().names()).contains(ingress)) {
      throw new LoadFailure(
          LoadFailure.FAILED,
          "topic %s does not exist at %s: have the jobs been started? is the --prefix right?"
              .formatted(ingress, settings.bootstrap()));
    }
  }

  /** End of each partition of a topic. */
  Map<TopicPartition, Long> ends(Topic topic) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.computeIfAbsent(topic, this::describe).stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return answer(admin.listOffsets(asked).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private List<TopicPartition> describe(Topic topic) {
    String name = topic.in(settings.prefix());
    return answer(admin.describeTopics(List.of(name)).allTopicNames())
        .get(name)
        .partitions()
        .stream()
        .map(partition -> new TopicPartition(name, partition.partition()))
        .toList();
  }

  /** Records before these ends that a job has yet to put behind a checkpoint; empty: no job has. */
  OptionalLong before(String job, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answer(
            admin
                .listConsumerGroupOffsets(settings.prefix() + job)
                .partitionsToOffsetAndMetadata());
    if (ends.keySet().stream().noneMatch(committed::containsKey)) {
      return OptionalLong.empty();
    }
    long unread = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata at = committed.get(end.getKey());
      unread += Math.max(0, end.getValue() - (at == null ? 0 : at.offset()));
    }
    return OptionalLong.of(unread);
  }

  /** Dead letters between two ends of their topic, counted by reason. */
  Map<String, Long> letters(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    Map<String, Long> letters = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings.consumerProperties())) {
      consumer.assign(new ArrayList<>(to.keySet()));
      to.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
      while (to.keySet().stream().anyMatch(p -> consumer.position(p, PATIENCE) < to.get(p))) {
        ConsumerRecords<byte[], byte[]> read = consumer.poll(PATIENCE);
        if (read.isEmpty()) {
          // Asks a broker, and ends with a time-out where none answers: else this would go on for
          // ever.
          consumer.endOffsets(to.keySet(), PATIENCE);
        }
        for (ConsumerRecord<byte[], byte[]> letter : read) {
          TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
          if (letter.offset() < to.get(partition)) {
            letters.merge(reason(letter), 1L, Long::sum);
          }
        }
      }
    }
    return letters;
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    Header header = letter.headers().lastHeader(DeadLetterHeaders.REASON);
    return header == null ? NO_REASON : new String(header.value(), StandardCharsets.UTF_8);
  }

  private <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      boolean silent = e.getCause() instanceof TimeoutException;
      throw new LoadFailure(
          silent ? LoadFailure.NO_ANSWER : LoadFailure.FAILED,
          silent
              ? "no broker answers at " + settings.bootstrap()
              : settings.bootstrap() + ": " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadFailure(LoadFailure.FAILED, "interrupted");
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
