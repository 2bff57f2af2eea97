// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
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

/** {@code twinlog tail}: prints the records of a topic, one object a line. It joins no group. */
@Command(
    name = "tail",
    description =
        "Prints the records of a topic as JSON, one a line, from the beginning; then waits for more.",
    footer = {
      "",
      "Each line: {topic, partition, offset, timestamp, key, headers, value}. What is neither JSON",
      "nor Avro of a known schema, or is JSON with doubled keys, is {\"base64\": ...}.",
      "Records are in order inside each partition.",
      "",
      "Example:",
      "  twinlog tail device.log --key d-1 --until-end",
      "  twinlog tail events.domain --cloudevents"
    })
final class TailCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(500);

  @Parameters(
      paramLabel = "TOPIC",
      description = "Name without the prefix; or the full name of any topic that exists.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "TIME|OFFSET",
      defaultValue = "0",
      converter = TailStart.Text.class,
      description = "First offset of each partition, or first time, such as 2026-01-01T00:00:00Z.")
  private TailStart from;

  @Option(names = "--key", paramLabel = "K", description = "Only records with this key.")
  private Optional<String> key;

  @Option(
      names = "--until-end",
      description = "Stops at the end that the topic had when the command started.")
  private boolean untilEnd;

  @Option(names = "--ticks", description = "Prints ticks, too.")
  private boolean ticks;

  @Option(
      names = "--cloudevents",
      description =
          "Prints each event of a topic of events as a CloudEvent 1.0; leaves all else out.")
  private boolean cloudEvents;

  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkTopic();
    Connection connection = twinlog.connection();
    String topic = fullName(connection);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(connection.settings().consumerProperties())) {
      print(consumer, topic, connection.settings().prefix());
      return ExitCode.DONE;
    } catch (TimeoutException e) {
      throw Broker.noAnswer(connection, "waited " + DurationText.of(Broker.PATIENCE), e);
    }
  }

  private void checkTopic() {
    if (cloudEvents && Topic.of(name).filter(CloudEventLine.TOPICS::contains).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--cloudevents is for topics of events: "
              + CloudEventLine.TOPICS.stream()
                  .map(Topic::text)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
  }

  private String fullName(Connection connection) {
    String prefix = connection.settings().prefix();
    try (Broker broker = new Broker(connection)) {
      Set<String> existing = broker.topics();
      Optional<Topic> known = Topic.of(name);
      if (known.isPresent()) {
        broker.require(existing, known.get().in(prefix));
      }
      for (String full : List.of(prefix + name, name)) {
        if (existing.contains(full)) {
          return full;
        }
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "no topic '"
            + name
            + "'. There are: "
            + Arrays.stream(Topic.values()).map(Topic::text).collect(Collectors.joining(", ")));
  }

  private void print(Consumer<byte[], byte[]> consumer, String topic, String prefix) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, Broker.PATIENCE).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Broker.PATIENCE);
    consumer.assign(partitions);
    from.offsets(consumer, ends).forEach(consumer::seek);
    RecordLine record =
        new RecordLine(topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic);
    CloudEventLine event = new CloudEventLine();
    Function<ConsumerRecord<byte[], byte[]>, Optional<String>> line =
        cloudEvents ? event::of : message -> Optional.of(record.of(message).toString());
    JsonLines out = new JsonLines(twinlog.environment().out());
    while (!(untilEnd && reached(consumer, ends))) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> message : records) {
        if (wanted(message, ends)) {
          line.apply(message).ifPresent(out::writeText);
        }
      }
      out.flush();
      if (untilEnd && records.isEmpty()) {
        // A broker that has gone looks like one that has nothing new; this asks, and may time out.
        consumer.endOffsets(partitions, Broker.PATIENCE);
      }
    }
    if (event.leftOut() > 0) {
      twinlog.environment().say("records that are no events, left out: " + event.leftOut());
    }
  }

  private static boolean reached(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), Broker.PATIENCE) >= end.getValue());
  }

  private boolean wanted(ConsumerRecord<byte[], byte[]> message, Map<TopicPartition, Long> ends) {
    if (untilEnd
        && message.offset() >= ends.get(new TopicPartition(message.topic(), message.partition()))) {
      return false;
    }
    boolean ofKey =
        key.isEmpty() || Arrays.equals(message.key(), key.get().getBytes(StandardCharsets.UTF_8));
    return ofKey && (ticks || !RecordLine.isTick(message));
  }
}
