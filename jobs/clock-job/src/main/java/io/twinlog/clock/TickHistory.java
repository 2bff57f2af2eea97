// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Ticks;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the ticks from which a clock goes on: the furthest of each partition. It reads backwards
 * from the end, so a long log without a tick at its end is the only thing that makes it slow; it
 * writes nothing.
 */
final class TickHistory {
  private static final Logger LOG = LoggerFactory.getLogger(TickHistory.class);
  private static final Comparator<Tick> ORDER = Comparator.comparingLong(Tick::getClock);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final int firstWindow;
  private final Ticks ticks = new Ticks();

  /**
   * @param firstWindow records looked at first in each partition; each next window is four times
   *     the last
   */
  TickHistory(Consumer<byte[], byte[]> consumer, int firstWindow) {
    this.consumer = consumer;
    this.firstWindow = firstWindow;
  }

  /**
   * The furthest tick among the newest records of each partition that holds one, with the highest
   * epoch among them.
   */
  List<Tick> newest(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream()
        .flatMap(
            partition -> newest(partition, begins.get(partition), ends.get(partition)).stream())
        .toList();
  }

  /** The one that has counted furthest. */
  static Optional<Tick> furthest(List<Tick> ticks) {
    return ticks.stream().max(ORDER);
  }

  /** The highest epoch; 0 where there is no tick. */
  static int epoch(List<Tick> ticks) {
    return ticks.stream().mapToInt(Tick::getEpoch).max().orElse(0);
  }

  /** The highest version of the rules that any of them carries; 0 where there is none. */
  static long rulesVersion(List<Tick> ticks) {
    return ticks.stream().mapToLong(Tick::getRulesVersion).max().orElse(0);
  }

  private Optional<Tick> newest(TopicPartition partition, long begin, long end) {
    long window = firstWindow;
    long to = end;
    while (to > begin) {
      long from = Math.max(begin, to - window);
      Optional<Tick> found = lastIn(partition, from, to);
      if (found.isPresent()) {
        return found;
      }
      to = from;
      window *= 4;
    }
    return Optional.empty();
  }

  private Optional<Tick> lastIn(TopicPartition partition, long from, long to) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    Optional<Tick> last = Optional.empty();
    while (consumer.position(partition) < to) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        Optional<Tick> tick = record.offset() < to ? tick(record) : Optional.empty();
        last = tick.isPresent() ? Optional.of(Ticks.further(last, tick.get())) : last;
      }
    }
    return last;
  }

  private Optional<Tick> tick(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(HeaderNames.TYPE);
    try {
      return ticks.read(type == null ? null : type.value(), record.value());
    } catch (SingleObject.UnreadableException e) {
      // Anyone may write to ingress, also something that calls itself a tick.
      LOG.warn(
          "{}-{} at {} calls itself a tick and is none: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
