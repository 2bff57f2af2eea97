// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

  long ofTelemetry() throws ExecutionException, InterruptedException {
    return of("telemetry", List.of(Topic.EVENTS_DOMAIN));
  }

  private long of(String job, List<Topic> topics) throws ExecutionException, InterruptedException {
    return before(job, ends(topics));
  }

  private long before(String job, Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(prefix + job).partitionsToOffsetAndMetadata().get();
      long backlog = 0;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        OffsetAndMetadata at = committed.get(end.getKey());
        backlog += Math.max(0, end.getValue() - (at == null ? 0 : at.offset()));
      }
      return backlog;
    }
  }

  private Map<TopicPartition, Long> ends(List<Topic> topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, Long> ends = new HashMap<>();
      ends(admin, topics).forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
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

  void awaitTelemetry(long records) {
    await("the telemetry job has caught up").until(() -> ofTelemetry() <= records);
  }

  void awaitRouter(long records) {
    await("the router has caught up").until(() -> ofRouter() <= records);
  }

  /**
   * Waits until both have read and kept all that is there now, while {@code ticks} writes more: a
   * source without anything new commits what it has read only after 10 s.
   */
  void awaitBothOver(Runnable ticks) throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> sources = ends(Topic.SOURCES);
    awaitOver(ticks, () -> before("router", sources) == 0);
    Map<TopicPartition, Long> inbox = ends(List.of(Topic.EVENTS_DOMAIN));
    awaitOver(ticks, () -> before("device", inbox) == 0);
  }

  private static void awaitOver(Runnable ticks, Callable<Boolean> condition) {
    await("all is read")
        .until(
            () -> {
              ticks.run();
              return condition.call();
            });
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions();
  }
}
