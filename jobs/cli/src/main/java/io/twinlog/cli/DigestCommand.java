// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Header;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog digest}: one hash of what each topic says. It joins no group. */
@Command(
    name = "digest",
    description =
        "Prints TOPIC SHA256 RECORDS for each topic, up to its end when the command started:"
            + " the same where the same was written, whatever the offsets, times and repeats.",
    footer = {
      "",
      "Values are hashed as JSON with sorted keys, without soft fields (last_seen, last_data of",
      "device.state); repeats count once, ticks not at all; of a compacted topic the newest record",
      "of each key. RECORDS is the number of those that were hashed.",
      "",
      "Example:",
      "  twinlog digest device.log device.state"
    })
final class DigestCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PROGRESS = Duration.ofSeconds(3);

  @Parameters(
      paramLabel = "TOPIC",
      arity = "0..*",
      description = "Names without the prefix (default: every topic that a job writes).")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Prints one object a line: {topic, sha256, records}.")
  private boolean json;

  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  private Instant nextProgress;

  @Override
  public Integer call() {
    List<Topic> named = names.stream().map(this::topic).toList();
    Connection connection = twinlog.connection();
    List<Topic> topics = named.isEmpty() ? written(connection) : present(connection, named);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(connection.settings().consumerProperties())) {
      print(consumer, topics, connection.settings().prefix());
      return ExitCode.DONE;
    } catch (TimeoutException e) {
      throw Broker.noAnswer(connection, "waited " + DurationText.of(Broker.PATIENCE), e);
    }
  }

  private Topic topic(String name) {
    return Topic.of(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no topic '"
                        + name
                        + "'. There are: "
                        + Arrays.stream(Topic.values())
                            .map(Topic::text)
                            .collect(Collectors.joining(", "))));
  }

  private static List<Topic> present(Connection connection, List<Topic> named) {
    Broker.require(connection, named.toArray(new Topic[0]));
    return named;
  }

  /** Those that jobs write, as far as they exist: not every installation runs every job. */
  private List<Topic> written(Connection connection) {
    String prefix = connection.settings().prefix();
    List<Topic> candidates =
        Arrays.stream(Topic.values())
            .filter(topic -> !Topic.SOURCES.contains(topic) && topic != Topic.RULES)
            .toList();
    try (Broker broker = new Broker(connection)) {
      Set<String> existing = broker.topics();
      List<Topic> written =
          candidates.stream().filter(topic -> existing.contains(topic.in(prefix))).toList();
      if (written.isEmpty()) {
        broker.require(existing, candidates.get(0).in(prefix));
      }
      candidates.stream()
          .filter(topic -> !written.contains(topic))
          .forEach(topic -> say(topic.text() + " does not exist, and is left out"));
      return written;
    }
  }

  private void print(Consumer<byte[], byte[]> consumer, List<Topic> topics, String prefix) {
    nextProgress = twinlog.environment().clock().instant().plus(PROGRESS);
    JsonLines out = new JsonLines(twinlog.environment().out());
    Map<Topic, Map<TopicPartition, Long>> ends = new EnumMap<>(Topic.class);
    for (Topic topic : topics) {
      ends.put(topic, ends(consumer, topic.in(prefix)));
    }
    for (Topic topic : topics) {
      TopicDigest digest = new TopicDigest(topic);
      read(consumer, ends.get(topic), digest, topic);
      TopicDigest.Line line = digest.line();
      if (json) {
        out.write(line.json());
      } else {
        out.writeText(line.text());
      }
      out.flush();
      if (digest.contradictions() > 0) {
        say(
            topic.text()
                + ": "
                + digest.contradictions()
                + " repeats do not say what the record says that they repeat; the first counts");
      }
    }
  }

  private static Map<TopicPartition, Long> ends(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, Broker.PATIENCE).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    return consumer.endOffsets(partitions, Broker.PATIENCE);
  }

  private void read(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      TopicDigest digest,
      Topic topic) {
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    consumer.assign(ends.keySet());
    consumer.seekToBeginning(ends.keySet());
    while (true) {
      left.entrySet()
          .removeIf(end -> consumer.position(end.getKey(), Broker.PATIENCE) >= end.getValue());
      if (left.isEmpty()) {
        return;
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> message : records) {
        long end = ends.get(new TopicPartition(message.topic(), message.partition()));
        if (message.offset() < end && !RecordLine.isTick(message)) {
          digest.add(message.key(), message.value(), headers(message));
        }
      }
      if (records.isEmpty()) {
        // A broker that has gone looks like one that has nothing new; this asks, and may time out.
        consumer.endOffsets(ends.keySet(), Broker.PATIENCE);
      }
      tellProgress(consumer, left, topic);
    }
  }

  private void tellProgress(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> left, Topic topic) {
    Instant now = twinlog.environment().clock().instant();
    if (now.isBefore(nextProgress)) {
      return;
    }
    nextProgress = now.plus(PROGRESS);
    long records =
        left.entrySet().stream()
            .mapToLong(
                end ->
                    Math.max(0, end.getValue() - consumer.position(end.getKey(), Broker.PATIENCE)))
            .sum();
    say(topic.text() + ": " + records + " records to go");
  }

  private static List<Header> headers(ConsumerRecord<byte[], byte[]> message) {
    List<Header> headers = new ArrayList<>();
    message.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return headers;
  }

  private void say(String line) {
    twinlog.environment().say("twinlog: " + line);
  }
}
