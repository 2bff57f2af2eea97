// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Header;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Topics in memory: partitions that are appended to. */
final class SimulatedBroker {
  static final String PREFIX = "twinlog.";

  private final TopicDirectory directory;
  private final Map<String, List<List<LogEntry>>> topics = new TreeMap<>();

  /**
   * @param partitions how many a topic has
   */
  SimulatedBroker(java.util.function.ToIntFunction<Topic> partitions) {
    directory =
        new TopicDirectory(
            Arrays.stream(Topic.values())
                .collect(
                    Collectors.toMap(
                        Topic::text,
                        topic ->
                            new TopicDirectory.Entry(
                                topic.in(PREFIX),
                                "id-of-" + topic.text(),
                                partitions.applyAsInt(topic)))));
    for (Topic topic : Topic.values()) {
      topics.put(
          topic.in(PREFIX),
          IntStream.range(0, partitions.applyAsInt(topic))
              .<List<LogEntry>>mapToObj(partition -> new ArrayList<>())
              .toList());
    }
  }

  TopicDirectory directory() {
    return directory;
  }

  /** The partitions of a topic, each in order. */
  List<List<LogEntry>> log(Topic topic) {
    return topics.get(topic.in(PREFIX));
  }

  void append(Topic topic, int partition, byte[] key, byte[] value, List<Header> headers) {
    append(topic.in(PREFIX), partition, key, value, headers);
  }

  void append(OutputRecord record) {
    append(record.topic(), record.partition(), record.key(), record.value(), record.headers());
  }

  private void append(String topic, int partition, byte[] key, byte[] value, List<Header> headers) {
    List<LogEntry> log = topics.get(topic).get(partition);
    log.add(new LogEntry(log.size(), key, value, List.copyOf(headers)));
  }
}
