// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.rules.log.StoredRules.UnsoundException;
import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of rules: what is committed, from the beginning once and then onwards. It keeps
 * where each version stands, not the documents, and does not look into them.
 *
 * <p>All that reads throws {@link TimeoutException} when no broker answers. Not for threads to
 * share.
 */
public final class RuleLog implements RuleShelf {
  private static final Logger LOG = LoggerFactory.getLogger(RuleLog.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final StoredRules stored = new StoredRules();
  // Offsets, and what is wrong where something is.
  private final TreeMap<Long, Long> sound = new TreeMap<>();
  private final TreeMap<Long, String> unsound = new TreeMap<>();

  private RuleLog(TopicPartition partition, KafkaConsumer<byte[], byte[]> consumer) {
    this.partition = partition;
    this.consumer = consumer;
  }

  /** Opens it; asks the broker nothing yet. The topic must exist. */
  public static RuleLog open(RuleLogSettings settings) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(settings.partition()));
    consumer.seekToBeginning(List.of(settings.partition()));
    return new RuleLog(settings.partition(), consumer);
  }

  /** Reads to the end that the topic has now. */
  public void readToEnd() {
    readToEnd(RuleLogSettings.PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience how long to wait for an answer
   */
  public void readToEnd(Duration patience) {
    long end = end(patience);
    if (end < consumer.position(partition)) {
      beginAnew();
    }
    each(end, this::note);
  }

  /** Takes in what has come since, and waits so long for it. */
  public void readOn(Duration patience) {
    poll(patience).forEach(this::note);
  }

  /** The highest version among what was read that can be read; 0: there is none. */
  public long highest() {
    return sound.isEmpty() ? 0 : sound.lastKey();
  }

  /** The next version that nothing was ever written under. */
  long next() {
    return 1 + Math.max(highest(), unsound.isEmpty() ? 0 : unsound.lastKey());
  }

  /** What is wrong with the records of versions, by version. */
  public SortedMap<Long, String> unsound() {
    return new TreeMap<>(unsound);
  }

  @Override
  public Optional<PublishedRules> find(long version, Duration patience) {
    readToEnd();
    if (!sound.containsKey(version) && !unsound.containsKey(version)) {
      readOn(patience);
    }
    if (unsound.containsKey(version) && !sound.containsKey(version)) {
      throw new UnsoundException(unsound.get(version));
    }
    return get(version);
  }

  /** A set, among what was read. */
  public Optional<PublishedRules> get(long version) {
    Long offset = sound.get(version);
    return offset == null ? Optional.empty() : at(offset);
  }

  private Optional<PublishedRules> at(long offset) {
    long back = consumer.position(partition);
    PublishedRules[] found = new PublishedRules[1];
    consumer.seek(partition, offset);
    try {
      each(
          offset + 1,
          record -> {
            if (record.offset() == offset) {
              found[0] = stored.read(record);
            }
          });
    } finally {
      // Where it began anew there is nothing to go back to.
      if (!sound.isEmpty()) {
        consumer.seek(partition, back);
      }
    }
    return Optional.ofNullable(found[0]);
  }

  /** All sets that there are now, in the order of their versions. */
  public void each(Consumer<PublishedRules> reader) {
    readToEnd();
    for (Long version : sound.keySet()) {
      get(version).ifPresent(reader);
    }
  }

  private long end(Duration patience) {
    return consumer.endOffsets(List.of(partition), patience).get(partition);
  }

  private void each(long end, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    while (consumer.position(partition) < end) {
      ConsumerRecords<byte[], byte[]> records = poll(POLL);
      records.forEach(reader);
      if (records.isEmpty()) {
        // A broker that has gone looks like one that has nothing new; this asks, and may time out.
        end(RuleLogSettings.PATIENCE);
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    try {
      return consumer.poll(patience);
    } catch (InvalidOffsetException e) {
      beginAnew();
      return ConsumerRecords.empty();
    }
  }

  private void beginAnew() {
    LOG.error("{} is not what it was: it was replaced, and is read anew", partition.topic());
    sound.clear();
    unsound.clear();
    consumer.seekToBeginning(List.of(partition));
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    OptionalLong version = StoredRules.version(record);
    if (version.isEmpty()) {
      tell(record, "its key is no version");
      return;
    }
    if (sound.containsKey(version.getAsLong())) {
      tell(record, "there is one already, and what stands under a version never changes");
      return;
    }
    try {
      stored.read(record);
      sound.put(version.getAsLong(), record.offset());
    } catch (UnsoundException e) {
      unsound.put(version.getAsLong(), e.getMessage());
      tell(record, e.getMessage());
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> record, String why) {
    LOG.error(
        "{} at {}: version {} of the rules is passed over: {}",
        partition.topic(),
        record.offset(),
        StoredRules.version(record),
        why);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
