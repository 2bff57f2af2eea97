// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog topics}: the topics of the installation, as they are. It creates none. */
@Command(
    name = "topics",
    description = "Lists the topics: partitions, cleanup, retention, records, key, what they hold.",
    footer = {
      "",
      "Records are offsets between beginning and end: ticks and what compaction removed count.",
      "",
      "Example:",
      "  twinlog topics --json"
    })
final class TopicsCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Prints one object a line.")
  private boolean json;

  @ParentCommand private Twinlog twinlog;

  @Override
  public Integer call() {
    Connection connection = twinlog.connection();
    JsonLines out = new JsonLines(twinlog.environment().out());
    Map<Topic, TopicFigures> figures = figures(connection);
    if (json) {
      for (Topic topic : Topic.values()) {
        out.write(
            figures.containsKey(topic)
                ? figures.get(topic).json()
                : TopicFigures.missingJson(topic));
      }
    } else {
      new TextTable(Arrays.stream(Topic.values()).map(topic -> row(topic, figures)).toList())
          .lines("TOPIC", "PARTITIONS", "CLEANUP", "RETENTION", "RECORDS", "KEY", "HOLDS")
          .forEach(out::writeText);
    }
    out.flush();
    if (figures.isEmpty()) {
      twinlog
          .environment()
          .say("twinlog: no topic with the prefix '" + connection.settings().prefix() + "' exists");
    }
    return ExitCode.DONE;
  }

  private static List<String> row(Topic topic, Map<Topic, TopicFigures> figures) {
    TopicFigures found = figures.get(topic);
    return found == null
        ? List.of(topic.text(), "missing", "-", "-", "-", topic.key(), topic.holds())
        : List.of(
            topic.text(),
            Integer.toString(found.partitions()),
            found.cleanup(),
            found.retention(),
            Long.toString(found.records()),
            topic.key(),
            topic.holds());
  }

  private static Map<Topic, TopicFigures> figures(Connection connection) {
    String prefix = connection.settings().prefix();
    try (Broker broker = new Broker(connection)) {
      Set<String> existing = broker.topics();
      List<Topic> found =
          Arrays.stream(Topic.values())
              .filter(topic -> existing.contains(topic.in(prefix)))
              .toList();
      List<String> names = found.stream().map(topic -> topic.in(prefix)).toList();
      Map<String, TopicDescription> descriptions =
          broker.answer(broker.admin().describeTopics(names).allTopicNames());
      Map<ConfigResource, Config> configurations =
          broker.answer(
              broker
                  .admin()
                  .describeConfigs(names.stream().map(TopicsCommand::resource).toList())
                  .all());
      Map<String, Long> records = records(broker, descriptions.values());
      Map<Topic, TopicFigures> figures = new EnumMap<>(Topic.class);
      for (Topic topic : found) {
        Config configuration = configurations.get(resource(topic.in(prefix)));
        figures.put(
            topic,
            new TopicFigures(
                topic,
                descriptions.get(topic.in(prefix)).partitions().size(),
                configuration.get(TopicConfig.CLEANUP_POLICY_CONFIG).value(),
                Long.parseLong(configuration.get(TopicConfig.RETENTION_MS_CONFIG).value()),
                records.get(topic.in(prefix))));
      }
      return figures;
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static Map<String, Long> records(Broker broker, Iterable<TopicDescription> descriptions) {
    List<TopicPartition> partitions = new ArrayList<>();
    descriptions.forEach(
        topic ->
            topic
                .partitions()
                .forEach(
                    partition ->
                        partitions.add(new TopicPartition(topic.name(), partition.partition()))));
    Map<String, Long> records = new HashMap<>();
    offsets(broker, partitions, OffsetSpec.latest())
        .forEach((partition, end) -> records.merge(partition.topic(), end.offset(), Long::sum));
    offsets(broker, partitions, OffsetSpec.earliest())
        .forEach(
            (partition, beginning) ->
                records.merge(partition.topic(), -beginning.offset(), Long::sum));
    return records;
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Broker broker, List<TopicPartition> partitions, OffsetSpec at) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, at));
    return broker.answer(broker.admin().listOffsets(wanted).all());
  }
}
