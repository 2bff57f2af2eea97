// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.clock.ClockRules;
import io.twinlog.domain.clock.Outage;
import io.twinlog.domain.clock.TickCount;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock with the real rules, that ticks into the source topics when it is told to. Several may do
 * so at once, and one may die on the way from partition to partition.
 */
final class SimulatedClock {
  private final SimulatedBroker broker;
  private final SingleObject singleObject = new SingleObject();
  private final int epoch;
  private TickCount count;

  /** Goes on from the furthest tick in the log, in the next epoch. */
  SimulatedClock(SimulatedBroker broker, long wall) {
    this.broker = broker;
    int newest = 0;
    Tick furthest = null;
    for (Topic topic : Topic.SOURCES) {
      for (List<LogEntry> log : broker.log(topic)) {
        for (LogEntry entry : log) {
          if (entry.header(HeaderNames.TYPE).filter(HeaderNames.TICK::equals).isPresent()) {
            Tick tick = singleObject.decode(entry.value(), Tick.class);
            newest = Math.max(newest, tick.getEpoch());
            if (furthest == null || tick.getClock() > furthest.getClock()) {
              furthest = tick;
            }
          }
        }
      }
    }
    epoch = newest + 1;
    count =
        furthest == null
            ? TickCount.fresh(ClockRules.DEFAULT, wall)
            : TickCount.from(
                ClockRules.DEFAULT,
                furthest.getClock(),
                furthest.getWall().toEpochMilli(),
                outage(furthest));
  }

  private static Outage outage(Tick tick) {
    return tick.getOutage() == null
        ? Outage.NONE
        : new Outage(
            tick.getOutage().getClock(),
            tick.getOutage().getBegan().toEpochMilli(),
            tick.getOutage().getEnded().toEpochMilli());
  }

  /**
   * Writes the next tick.
   *
   * @param elapsed milliseconds since the last one; negative: it is the first
   * @param partitionsMax it dies when it has written to so many
   */
  void tick(long wall, long elapsed, int partitionsMax) {
    count = count.next(elapsed < 0 ? count.sinceLast(wall) : elapsed, wall);
    byte[] value = singleObject.encode(tick());
    int left = partitionsMax;
    for (Topic topic : Topic.SOURCES) {
      for (int p = 0; p < broker.log(topic).size() && left > 0; p++, left--) {
        broker.append(
            topic, p, null, value, List.of(Header.of(HeaderNames.TYPE, HeaderNames.TICK)));
      }
    }
  }

  private Tick tick() {
    List<SourceTopic> sources = new ArrayList<>();
    for (Topic topic : Topic.SOURCES) {
      var entry = broker.directory().entry(topic);
      sources.add(new SourceTopic(entry.name(), entry.id(), entry.partitions()));
    }
    Outage outage = count.outage();
    return new Tick(
        epoch,
        count.clock(),
        Instant.ofEpochMilli(count.wall()),
        0L,
        sources,
        outage.equals(Outage.NONE)
            ? null
            : new io.twinlog.schemas.Outage(
                outage.clock(),
                Instant.ofEpochMilli(outage.began()),
                Instant.ofEpochMilli(outage.ended())));
  }

  /** The newest outage that it tells of. */
  Outage outage() {
    return count.outage();
  }

  long clock() {
    return count.clock();
  }
}
