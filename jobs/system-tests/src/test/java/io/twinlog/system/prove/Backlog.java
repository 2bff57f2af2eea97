// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Records that a job has yet to put behind a checkpoint: as far as that, all it writes is written.
 *
 * @param bootstrap where the broker is
 * @param prefix of the job's topics
 */
record Backlog(String bootstrap, String prefix) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  long ofRouter() throws ExecutionException, InterruptedException {
    return of("router", Topic.SOURCES);
  }

  long ofDevice() throws ExecutionException, InterruptedException {
    return of("device", List.of(Topic.EVENTS_DOMAIN));
  }

  private long of(String job, List<Topic> topics) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(prefix + job).partitionsToOffsetAndMetadata().get();
      long backlog = 0;
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends(admin, topics).entrySet()) {
        OffsetAndMetadata at = committed.get(end.getKey());
        backlog += end.getValue().offset() - (at == null ? 0 : at.offset());
      }
      return backlog;
    }
  }

  /** Records that a topic has, from its first. */
  long written(Topic topic) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return ends(admin, List.of(topic)).values().stream()
          .mapToLong(ListOffsetsResultInfo::offset)
          .sum();
    }
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin, List<Topic> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        admin
            .describeTopics(topics.stream().map(topic -> topic.in(prefix)).toList())
            .allTopicNames()
            .get()
            .values()
            .stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(p -> new TopicPartition(topic.name(), p.partition())))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return admin.listOffsets(asked).all().get();
  }

  /** Waits until router and device have at most so many records before them; how long it took. */
  Duration awaitBoth(long records) {
    Instant start = Instant.now();
    await("the router has caught up").until(() -> ofRouter() <= records);
    awaitDevice(records);
    return Duration.between(start, Instant.now());
  }

  Duration awaitDevice(long records) {
    Instant start = Instant.now();
    await("the device job has caught up").until(() -> ofDevice() <= records);
    return Duration.between(start, Instant.now());
  }

  void awaitRouter(long records) {
    await("the router has caught up").until(() -> ofRouter() <= records);
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions();
  }
}
