// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.schemas.SourceTopic;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** The source topics of a prefix as ticks must name them: the router believes no others. */
final class SourcesOfPrefix {
  private SourcesOfPrefix() {}

  static List<SourceTopic> of(String bootstrap, String prefix)
      throws ExecutionException, InterruptedException {
    List<SourceTopic> sources = new ArrayList<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      for (Topic topic : Topic.SOURCES) {
        String name = topic.in(prefix);
        TopicDescription described =
            admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        sources.add(
            new SourceTopic(
                described.name(), described.topicId().toString(), described.partitions().size()));
      }
    }
    return sources;
  }
}
