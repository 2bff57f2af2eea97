// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Ticks;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Which version of the rules the ticks of ingress carry: now, or from some tick on. */
final class RulesTicks implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int FIRST_WINDOW = 1_024;

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Ticks ticks = new Ticks();

  RulesTicks(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /** Opens it for an ingress that is there. */
  static RulesTicks open(Connection connection) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(connection.settings().consumerProperties());
    try {
      String ingress = Topic.INGRESS.in(connection.settings().prefix());
      return new RulesTicks(
          consumer,
          consumer.partitionsFor(ingress, Broker.PATIENCE).stream()
              .map(partition -> new TopicPartition(ingress, partition.partition()))
              .toList());
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** The version in force in each partition that has a tick. */
  Map<Integer, Long> now() {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Broker.PATIENCE);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Broker.PATIENCE);
    Map<Integer, Long> versions = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      last(partition, begins.get(partition), ends.get(partition))
          .ifPresent(tick -> versions.put(partition.partition(), tick.getRulesVersion()));
    }
    return versions;
  }

  /** The highest of them; 0: no tick carries any. */
  long highest() {
    return now().values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private Optional<Tick> last(TopicPartition partition, long begin, long end) {
    long window = FIRST_WINDOW;
    for (long to = end; to > begin; window *= 4) {
      long from = Math.max(begin, to - window);
      Optional<Tick> found = lastIn(partition, from, to);
      if (found.isPresent()) {
        return found;
      }
      to = from;
    }
    return Optional.empty();
  }

  private Optional<Tick> lastIn(TopicPartition partition, long from, long to) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    Optional<Tick> last = Optional.empty();
    while (consumer.position(partition, Broker.PATIENCE) < to) {
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Optional<Tick> tick = record.offset() < to ? tick(record) : Optional.empty();
        last = tick.isPresent() ? Optional.of(Ticks.further(last, tick.get())) : last;
      }
      if (records.isEmpty()) {
        // A broker that has gone looks like one that has nothing new; this asks, and may time out.
        consumer.endOffsets(List.of(partition), Broker.PATIENCE);
      }
    }
    return last;
  }

  /** From here on {@link #await} looks. */
  void fromNow() {
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(partition -> consumer.position(partition, Broker.PATIENCE));
  }

  /**
   * Waits until every partition has a tick with this version, or a higher one that is published:
   * one that is not was in force before the topic of rules was lost.
   *
   * @return the clock of the first tick that carried it; empty: not in time
   */
  Optional<Long> await(
      long version, LongPredicate isPublished, Environment environment, Duration timeout) {
    Instant deadline = environment.clock().instant().plus(timeout);
    Map<TopicPartition, Long> clocks = new HashMap<>();
    while (clocks.size() < partitions.size()) {
      if (environment.clock().instant().isAfter(deadline)) {
        return Optional.empty();
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        tick(record)
            .filter(tick -> hasTaken(version, tick.getRulesVersion(), isPublished))
            .ifPresent(
                tick ->
                    clocks.putIfAbsent(
                        new TopicPartition(record.topic(), record.partition()), tick.getClock()));
      }
    }
    return clocks.values().stream().min(Long::compare);
  }

  private static boolean hasTaken(long version, long carried, LongPredicate isPublished) {
    return carried == version || carried > version && isPublished.test(carried);
  }

  private Optional<Tick> tick(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(HeaderNames.TYPE);
    try {
      return ticks.read(type == null ? null : type.value(), record.value());
    } catch (UnreadableException e) {
      // Anyone may write to ingress; the router makes a dead letter of it.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
