// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.wire.Topic;
import java.time.Duration;

/**
 * A topic of the catalogue as it is on the broker.
 *
 * @param cleanup cleanup.policy
 * @param retentionMillis retention.ms; -1: no end
 * @param records offsets between beginning and end; what compaction has removed counts
 */
record TopicFigures(
    Topic topic, int partitions, String cleanup, long retentionMillis, long records) {
  /** The object that {@code topics --json} prints. */
  ObjectNode json() {
    return described(topic)
        .put("exists", true)
        .put("partitions", partitions)
        .put("cleanup", cleanup)
        .put("retention_ms", retentionMillis)
        .put("records", records);
  }

  /** The object for a topic that is missing. */
  static ObjectNode missingJson(Topic topic) {
    return described(topic)
        .put("exists", false)
        .putNull("partitions")
        .putNull("cleanup")
        .putNull("retention_ms")
        .putNull("records");
  }

  private static ObjectNode described(Topic topic) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("topic", topic.text())
        .put("key", topic.key())
        .put("holds", topic.holds());
  }

  /** How long records stay, for people; only time ends a topic that is not compacted alone. */
  String retention() {
    if (!cleanup.contains("delete")) {
      return "newest";
    }
    return retentionMillis < 0 ? "for ever" : DurationText.of(Duration.ofMillis(retentionMillis));
  }
}
