// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.rules.log.StoredRules.UnsoundException;
import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.util.ArrayList;
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
  // How often the topic was found replaced.
  private long replaced;

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
    if (end(patience) < consumer.position(partition)) {
      beginAnew();
    }
    boolean whole = false;
    while (!whole) {
      whole = each(end(patience), this::note);
    }
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

  /**
   * A set, among what was read; empty also where the topic was replaced since: then nothing counts
   * as read any more.
   */
  public Optional<PublishedRules> get(long version) {
    Long offset = sound.get(version);
    return offset == null ? Optional.empty() : at(offset, version);
  }

  private Optional<PublishedRules> at(long offset, long version) {
    long back = consumer.position(partition);
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    consumer.seek(partition, offset);
    boolean whole;
    try {
      whole = each(offset + 1, record -> add(found, record, offset));
    } catch (RuntimeException e) {
      consumer.seek(partition, back);
      throw e;
    }
    if (!whole) {
      return Optional.empty();
    }
    Optional<PublishedRules> set = found.stream().findFirst().flatMap(r -> read(r, version));
    if (set.isEmpty()) {
      beginAnew();
    } else {
      consumer.seek(partition, back);
    }
    return set;
  }

  private static void add(
      List<ConsumerRecord<byte[], byte[]>> found,
      ConsumerRecord<byte[], byte[]> record,
      long offset) {
    if (record.offset() == offset) {
      found.add(record);
    }
  }

  /** Empty: it is not the record that stood there when the topic was read. */
  private Optional<PublishedRules> read(ConsumerRecord<byte[], byte[]> record, long version) {
    try {
      return Optional.of(stored.read(record)).filter(rules -> rules.getVersion() == version);
    } catch (UnsoundException e) {
      return Optional.empty();
    }
  }

  /** All sets that there are now, in the order of their versions. */
  public void each(Consumer<PublishedRules> reader) {
    readToEnd();
    Long next = sound.higherKey(0L);
    while (next != null) {
      long version = next;
      Optional<PublishedRules> set = get(version);
      set.ifPresent(reader);
      if (set.isEmpty()) {
        readToEnd();
      }
      next = sound.higherKey(set.isPresent() ? version : version - 1);
    }
  }

  private long end(Duration patience) {
    return consumer.endOffsets(List.of(partition), patience).get(partition);
  }

  /**
   * Reads to an offset.
   *
   * @return false: the topic was replaced meanwhile, and is to be read anew
   */
  private boolean each(long end, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    long before = replaced;
    while (replaced == before && consumer.position(partition) < end) {
      ConsumerRecords<byte[], byte[]> records = poll(POLL);
      records.forEach(reader);
      // A broker that has gone looks like one that has nothing new; this asks, and may time out.
      if (records.isEmpty() && replaced == before && end(RuleLogSettings.PATIENCE) < end) {
        beginAnew();
      }
    }
    return replaced == before;
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
    replaced++;
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
