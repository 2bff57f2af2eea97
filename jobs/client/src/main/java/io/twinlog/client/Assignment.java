// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.Progress.Noted;
import io.twinlog.client.Progress.Waiting;
import io.twinlog.client.SubscriberSettings.From;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes over partitions for a subscriber, where it has left off, and gives them up. Called by
 * Kafka, within a poll.
 */
final class Assignment implements ConsumerRebalanceListener {
  private static final Logger LOG = System.getLogger(Subscriber.class.getName());

  /** Keys of a partition of which it is remembered what was the newest, at least. */
  private static final int KEYS_KNOWN_MIN = 10_000;

  private final ClientSettings client;
  private final SubscriberSettings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final SubscribedParts parts;

  Assignment(
      ClientSettings client,
      SubscriberSettings settings,
      Consumer<byte[], byte[]> consumer,
      SubscribedParts parts) {
    this.client = client;
    this.settings = settings;
    this.consumer = consumer;
    this.parts = parts;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean atTheEnd = beginsAtTheEnd();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata at = committed.get(partition);
      long begin = atTheEnd ? ends.get(partition) : beginnings.get(partition);
      long next = at == null ? begin : at.offset();
      if (next < beginnings.get(partition)) {
        throw lost(partition, next, beginnings.get(partition));
      } else if (next > ends.get(partition)) {
        throw new IllegalStateException(
            "'%s' has read %s up to %d, and it ends at %d: was the topic replaced? Take another name"
                .formatted(settings.name(), partition, next, ends.get(partition)));
      }
      SubscribedPart part = new SubscribedPart(next, Math.max(KEYS_KNOWN_MIN, settings.lookBack()));
      consumer.seek(partition, next);
      if (at != null) {
        begin(partition, part, Progress.noted(at.metadata()), beginnings.get(partition));
      }
      // Only now: what is known of it in part must not be noted.
      parts.all().put(partition, part);
    }
  }

  /** A partition that was added to a topic is new, and the name is not. */
  private boolean beginsAtTheEnd() {
    if (settings.from() != From.END) {
      return false;
    }
    Set<TopicPartition> all =
        consumer.subscription().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    return consumer.committed(all).values().stream().allMatch(Objects::isNull);
  }

  private IllegalStateException lost(TopicPartition partition, long next, long begin) {
    return new IllegalStateException(
        "%d records of %s were deleted before '%s' has read them: it was at %d, and the first is %d. Reset the group's offset to go on without them, or take another name"
            .formatted(begin - next, partition, settings.name(), next, begin));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    parts.note(partitions);
    partitions.forEach(parts.all()::remove);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    partitions.forEach(parts.all()::remove);
  }

  /** What waited when it left off, and what there was shortly before, to know repeats of it. */
  private void begin(TopicPartition partition, SubscribedPart part, List<Noted> noted, long first) {
    long from = Math.max(first, part.progress.next() - settings.lookBack());
    try (PastRecords past = new PastRecords(client, partition)) {
      past.read(
          from,
          part.progress.next(),
          record -> {
            Received known = Received.of(client, record);
            if (!known.isTick()) {
              part.isRepeat(known, record.key());
            }
          });
      for (Noted one : noted) {
        Optional<ConsumerRecord<byte[], byte[]>> record = past.at(one.offset());
        if (record.isPresent()) {
          wait(part.progress, Received.of(client, record.get()), one.parked());
        } else {
          LOG.log(Level.WARNING, "{0}/{1} waited, and is gone", partition, one.offset());
        }
      }
    }
  }

  private static void wait(Progress progress, Received record, boolean isParked) {
    if (progress.isWaitingFor(record)) {
      progress.waits(record);
      return;
    }
    Waiting key = progress.hold(record);
    key.parked = isParked;
    key.dueNanos = System.nanoTime();
  }
}
