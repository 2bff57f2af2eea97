// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at a job's topics before it starts: they exist (or are created, where that is allowed),
 * with the cleanup that they need and room for what will be written. Else it says what to change.
 * It does not judge numbers of partitions, but of what must have one.
 */
public final class TopicChecks {
  /** Largest record on ingress, as a broker takes by default. */
  static final int INGRESS_BYTES_MAX = 1_048_588;

  /** On commands: a redrive has the bytes of one of ingress, and the command beside them. */
  static final int COMMANDS_BYTES_MAX = INGRESS_BYTES_MAX + 64 * 1024;

  /**
   * Largest record on any other. A dead letter may have the bytes of one of ingress and 64 KiB of
   * headers; a device whose 64 faults and 64 names of everything are as long as they may be, 2.7
   * MB.
   */
  static final int OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

  private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

  private final ReadableConfig settings;
  private final String prefix;
  private final Answers answers;

  private TopicChecks(ReadableConfig settings) {
    this.settings = settings;
    this.prefix = settings.get(KafkaOptions.PREFIX);
    this.answers = new Answers(settings.get(KafkaOptions.BOOTSTRAP));
  }

  /**
   * Checks, and creates where {@link KafkaOptions#CREATE} allows it.
   *
   * @return names, ids and partitions of {@code topics}
   * @throws SettingsException when one is missing or not as it must be, or the broker does not
   *     answer
   */
  public static TopicDirectory run(ReadableConfig settings, Collection<Topic> topics) {
    if (settings.getOptional(KafkaOptions.BOOTSTRAP).isEmpty()) {
      throw new SettingsException("kafka.bootstrap is not set: give the brokers as HOST:PORT");
    }
    Properties properties = KafkaEnds.common(settings);
    properties.setProperty(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.get(KafkaOptions.BOOTSTRAP));
    try (Admin admin = Admin.create(properties)) {
      return new TopicChecks(settings).check(admin, List.copyOf(topics));
    }
  }

  private TopicDirectory check(Admin admin, List<Topic> topics) {
    TransactionChecks.run(admin, answers, settings);
    Set<String> existing = answers.await(admin.listTopics().names());
    List<Topic> missing =
        topics.stream().filter(topic -> !existing.contains(topic.in(prefix))).toList();
    if (!missing.isEmpty()) {
      create(admin, missing);
    }
    List<String> names = topics.stream().map(topic -> topic.in(prefix)).toList();
    Map<String, TopicDescription> descriptions = describe(admin, names);
    Map<String, TopicDirectory.Entry> entries = new HashMap<>();
    for (Topic topic : topics) {
      TopicDescription description = descriptions.get(topic.in(prefix));
      entries.put(
          topic.text(),
          new TopicDirectory.Entry(
              description.name(),
              description.topicId().toString(),
              description.partitions().size()));
    }
    requireOnePartition(topics, descriptions);
    checkConfigs(admin, topics);
    return new TopicDirectory(entries);
  }

  private void requireOnePartition(List<Topic> topics, Map<String, TopicDescription> descriptions) {
    for (Topic topic : topics) {
      int partitions = descriptions.get(topic.in(prefix)).partitions().size();
      if (topic.isOnePartition() && partitions != 1) {
        throw new SettingsException(
            topic.in(prefix) + ": has " + partitions + " partitions, must have 1");
      }
    }
  }

  /** A broker that has just created a topic may take a moment until it knows it. */
  private Map<String, TopicDescription> describe(Admin admin, List<String> names) {
    long deadline = System.nanoTime() + Answers.TIMEOUT.toNanos();
    while (true) {
      try {
        return answers.await(admin.describeTopics(names).allTopicNames());
      } catch (SettingsException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_PAUSE.toNanos());
      }
    }
  }

  private void create(Admin admin, List<Topic> missing) {
    if (!settings.get(KafkaOptions.CREATE)) {
      throw new SettingsException(
          "topics are missing: "
              + String.join(", ", missing.stream().map(topic -> topic.in(prefix)).toList())
              + ". Create them, or set topics.create: true");
    }
    List<NewTopic> fresh = missing.stream().map(this::asNew).toList();
    try {
      answers.await(admin.createTopics(fresh).all());
    } catch (SettingsException e) {
      // Another job that starts at the same time may have been first; what it made is checked like
      // any other.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      create(admin, stillMissing(admin, missing));
    }
  }

  private List<Topic> stillMissing(Admin admin, List<Topic> topics) {
    Set<String> existing = answers.await(admin.listTopics().names());
    return topics.stream().filter(topic -> !existing.contains(topic.in(prefix))).toList();
  }

  private NewTopic asNew(Topic topic) {
    Map<String, String> configs = new HashMap<>();
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.cleanup().policy());
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytesMax(topic)));
    if (topic.cleanup() != Topic.Cleanup.COMPACT) {
      long retention =
          topic.cleanup() == Topic.Cleanup.KEEP
              ? -1
              : settings.get(KafkaOptions.RETENTION).toMillis();
      configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention));
    }
    return new NewTopic(
            topic.in(prefix),
            topic.isOnePartition() ? 1 : settings.get(KafkaOptions.PARTITIONS),
            settings.get(KafkaOptions.REPLICATION).shortValue())
        .configs(configs);
  }

  private static int bytesMax(Topic topic) {
    return switch (topic) {
      case INGRESS -> INGRESS_BYTES_MAX;
      case COMMANDS -> COMMANDS_BYTES_MAX;
      default -> OUTPUT_BYTES_MAX;
    };
  }

  private void checkConfigs(Admin admin, List<Topic> topics) {
    Map<ConfigResource, Topic> resources = new HashMap<>();
    topics.forEach(
        topic ->
            resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.in(prefix)), topic));
    Map<ConfigResource, Config> configs =
        answers.await(admin.describeConfigs(resources.keySet()).all());
    List<String> wrong = new ArrayList<>();
    configs.forEach(
        (resource, config) -> check(resources.get(resource), resource.name(), config, wrong));
    if (!wrong.isEmpty()) {
      wrong.sort(null);
      throw new SettingsException(String.join("; ", wrong));
    }
  }

  private static void check(Topic topic, String name, Config config, List<String> wrong) {
    String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (!policy.equals(topic.cleanup().policy()) && !isStatsWithAnEnd(topic, policy)) {
      wrong.add(name + ": cleanup.policy is " + policy + ", must be " + topic.cleanup().policy());
    }
    long bytes = Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    if (Topic.SOURCES.contains(topic) && bytes > bytesMax(topic)) {
      wrong.add(name + ": max.message.bytes is " + bytes + ", must be at most " + bytesMax(topic));
    } else if (!Topic.SOURCES.contains(topic) && bytes < OUTPUT_BYTES_MAX) {
      wrong.add(
          name + ": max.message.bytes is " + bytes + ", must be at least " + OUTPUT_BYTES_MAX);
    }
    String retention = config.get(TopicConfig.RETENTION_MS_CONFIG).value();
    if (topic.cleanup() == Topic.Cleanup.KEEP && !retention.equals("-1")) {
      wrong.add(name + ": retention.ms is " + retention + ", must be -1: it is kept for ever");
    }
  }

  /** Every window is a key of its own: an operator may let the old ones go. */
  private static boolean isStatsWithAnEnd(Topic topic, String policy) {
    return topic == Topic.TELEMETRY_STATS
        && Set.of(policy.split(",")).equals(Set.of("compact", "delete"));
  }
}
