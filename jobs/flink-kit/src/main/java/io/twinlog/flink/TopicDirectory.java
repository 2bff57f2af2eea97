// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Topic;
import java.io.Serializable;
import java.util.Map;

/**
 * The topics of an installation as the broker has them at the start of a job: names, ids,
 * partitions.
 */
public record TopicDirectory(Map<String, Entry> entries) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * One topic.
   *
   * @param name on the broker, with its prefix
   * @param id Kafka's id, base64url
   */
  public record Entry(String name, String id, int partitions) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  public TopicDirectory {
    entries = Map.copyOf(entries);
  }

  /**
   * The entry of a topic.
   *
   * @throws IllegalArgumentException when the job did not name it among its topics
   */
  public Entry entry(Topic topic) {
    Entry entry = entries.get(topic.text());
    if (entry == null) {
      throw new IllegalArgumentException("topic " + topic.text() + " is not one of this job's");
    }
    return entry;
  }

  /** The entry of a topic by its name on the broker. */
  public Entry named(String name) {
    return entries.values().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("topic " + name + " is not one of this job's"));
  }
}
