// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Topic;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Every topic with its own name, the id {@code id-of-NAME}, and four partitions. */
final class TestingTopics {
  static final int PARTITIONS = 4;

  static final TopicDirectory ALL =
      new TopicDirectory(
          Arrays.stream(Topic.values())
              .collect(Collectors.toMap(Topic::text, TestingTopics::entry)));

  private TestingTopics() {}

  private static TopicDirectory.Entry entry(Topic topic) {
    return new TopicDirectory.Entry(topic.text(), "id-of-" + topic.text(), PARTITIONS);
  }
}
