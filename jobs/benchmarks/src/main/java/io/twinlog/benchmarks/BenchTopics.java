// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Makes, counts and empties the topics of a benchmark. It reads no record. */
final class BenchTopics implements AutoCloseable {
  private final String bootstrap;
  private final Admin admin;

  BenchTopics(String bootstrap) {
    this.bootstrap = bootstrap;
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
  }

  /** All topics of an installation, as the jobs create them. */
  static TopicDirectory create(String bootstrap, String prefix) {
    Configuration settings = new Configuration();
    settings.set(KafkaOptions.BOOTSTRAP, bootstrap);
    settings.set(KafkaOptions.PREFIX, prefix);
    settings.set(KafkaOptions.CREATE, true);
    settings.set(KafkaOptions.REPLICATION, 1);
    return TopicChecks.run(settings, List.of(Topic.values()));
  }

  /** Records ever written to these topics. */
  long written(String prefix, Collection<Topic> topics)
      throws ExecutionException, InterruptedException {
    return ends(prefix, topics).values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<TopicPartition, Long> ends(String prefix, Collection<Topic> topics)
      throws ExecutionException, InterruptedException {
    List<String> names = topics.stream().map(topic -> topic.in(prefix)).toList();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  asked.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(asked).all().get().forEach((p, end) -> ends.put(p, end.offset()));
    return ends;
  }

  /** Deletes what is in these topics; the broker frees the space when it gets to it. */
  void empty(String prefix, Collection<Topic> topics)
      throws ExecutionException, InterruptedException {
    List<Topic> deletable =
        topics.stream().filter(topic -> topic.cleanup() != Topic.Cleanup.COMPACT).toList();
    Map<TopicPartition, RecordsToDelete> asked = new HashMap<>();
    ends(prefix, deletable)
        .forEach((partition, end) -> asked.put(partition, RecordsToDelete.beforeOffset(end)));
    admin.deleteRecords(asked).all().get();
  }

  /** The same to topics that are compacted: nothing can be deleted in them, so they are. */
  void renew(String prefix, Collection<Topic> topics)
      throws ExecutionException, InterruptedException {
    List<String> names =
        topics.stream()
            .filter(topic -> topic.cleanup() == Topic.Cleanup.COMPACT)
            .map(topic -> topic.in(prefix))
            .toList();
    admin.deleteTopics(names).all().get();
    create(bootstrap, prefix);
  }

  @Override
  public void close() {
    admin.close();
  }
}
