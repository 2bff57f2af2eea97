// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.domain.clock.ClockRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Tick;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
  private final SingleObject codec = new SingleObject();

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
        last = tick.isPresent() ? Optional.of(further(last, tick.get())) : last;
      }
    }
    return last;
  }

  /** Two clocks may tick in turn: the furthest of either in whatever they count. */
  private static Tick further(Optional<Tick> before, Tick tick) {
    if (before.isEmpty()) {
      return tick;
    }
    int epoch = Math.max(before.get().getEpoch(), tick.getEpoch());
    long rules = Math.max(before.get().getRulesVersion(), tick.getRulesVersion());
    Tick further = tick.getClock() > before.get().getClock() ? tick : before.get();
    further.setEpoch(epoch);
    further.setRulesVersion(rules);
    return further;
  }

  private Optional<Tick> tick(ConsumerRecord<byte[], byte[]> record) {
    Header type = record.headers().lastHeader(HeaderNames.TYPE);
    if (type == null
        || record.value() == null
        || !HeaderNames.TICK.equals(new String(type.value(), StandardCharsets.UTF_8))) {
      return Optional.empty();
    }
    try {
      boolean inbox =
          codec.writerOf(record.value()).filter(s -> s.getName().equals("InboxTick")).isPresent();
      Tick tick =
          inbox
              ? furthestOf(codec.decode(record.value(), InboxTick.class))
              : codec.decode(record.value(), Tick.class);
      // The router refuses such a one, too: nobody's time goes on from it.
      return Optional.of(tick)
          .filter(t -> ClockRules.isReachable(t.getEpoch(), t.getClock()))
          .filter(t -> RuleSet.isVersion(t.getRulesVersion()));
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

  /** What a router told an inbox of its source partitions, as if it were one tick. */
  private static Tick furthestOf(InboxTick told) {
    Tick furthest = new Tick(0, 0L, Instant.EPOCH, 0L, told.getSources(), null);
    for (TickMark mark : told.getMarks()) {
      furthest.setEpoch(Math.max(furthest.getEpoch(), mark.getEpoch()));
      furthest.setRulesVersion(Math.max(furthest.getRulesVersion(), mark.getRulesVersion()));
      if (mark.getClock() > furthest.getClock()) {
        furthest.setClock(mark.getClock());
        furthest.setWall(mark.getWall());
      }
    }
    return furthest;
  }
}
