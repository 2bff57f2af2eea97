// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.Progress.Waiting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** The partitions that are a subscriber's, and what is noted of them in Kafka. */
final class SubscribedParts {
  private static final Logger LOG = System.getLogger(Subscriber.class.getName());

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, SubscribedPart> parts = new HashMap<>();

  SubscribedParts(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** All of them. */
  Map<TopicPartition, SubscribedPart> all() {
    return parts;
  }

  /** Notes how far they are, where that has changed. */
  void note(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
    for (TopicPartition partition : partitions) {
      SubscribedPart part = parts.get(partition);
      if (part != null) {
        String note = part.progress.note();
        if (!text(part.progress.next(), note).equals(part.noted)) {
          changed.put(partition, new OffsetAndMetadata(part.progress.next(), note));
        }
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(changed);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // The partitions are another one's, or about to be: the next poll tells.
      LOG.log(Level.WARNING, "its place cannot be noted now: {0}", e.getMessage());
      return;
    }
    changed.forEach(
        (partition, at) -> parts.get(partition).noted = text(at.offset(), at.metadata()));
  }

  private static String text(long next, String note) {
    return next + " " + note;
  }

  /** Records that wait. */
  int waiting() {
    return parts.values().stream().mapToInt(part -> part.progress.waiting()).sum();
  }

  /** Keys that are parked. */
  List<ParkedRecords> parked() {
    List<ParkedRecords> parked = new ArrayList<>();
    parts.forEach(
        (partition, part) -> {
          for (Waiting key : part.progress.keys().values()) {
            if (key.parked) {
              parked.add(of(partition, key));
            }
          }
        });
    return List.copyOf(parked);
  }

  private static ParkedRecords of(TopicPartition partition, Waiting key) {
    Received first = key.records.element();
    return new ParkedRecords(
        first.topic(),
        partition.partition(),
        first.key(),
        first.offset(),
        key.records.size(),
        key.why);
  }
}
