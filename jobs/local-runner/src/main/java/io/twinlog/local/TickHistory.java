// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
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
 * Finds the tick from which a clock goes on: the highest of the newest ticks of each partition. It
 * reads backwards from the end, so a long log without a tick at its end is the only thing that
 * makes it slow; it writes nothing.
 */
final class TickHistory {
  private static final Logger LOG = LoggerFactory.getLogger(TickHistory.class);
  private static final Comparator<Tick> ORDER =
      Comparator.comparingInt(Tick::getEpoch).thenComparingLong(Tick::getClock);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final int firstWindow;
  private final SingleObject codec = new SingleObject();

  /**
   * @param firstWindow records looked at first in each partition; each next window is four times
   *     the last
   */
  TickHistory(Consumer<byte[], byte[]> consumer, int firstWindow) {
    this.consumer = consumer;
    this.firstWindow = firstWindow;
  }

  /** The highest tick, by epoch and then clock; empty when no partition holds any. */
  Optional<Tick> highest(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream()
        .flatMap(
            partition -> newest(partition, begins.get(partition), ends.get(partition)).stream())
        .max(ORDER);
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
        last = tick.isPresent() ? tick : last;
      }
    }
    return last;
  }

  private Optional<Tick> tick(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(HeaderNames.TYPE);
    if (type == null
        || record.value() == null
        || !HeaderNames.TICK.equals(new String(type.value(), StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.decode(record.value(), Tick.class));
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
