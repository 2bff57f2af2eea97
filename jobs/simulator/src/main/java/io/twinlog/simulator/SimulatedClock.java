// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.Outage;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that ticks into the source topics when it is told to; several may do so at once. */
final class SimulatedClock {
  private static final long MAX_STEP = 2_000;
  private static final long MAX_GAP = 10_000;
  private static final long GRACE = 30_000;

  private final SimulatedBroker broker;
  private final SingleObject singleObject = new SingleObject();
  private final int epoch;
  private long clock;
  private long lastWall;
  private Outage outage;
  private long graceUntil;

  /** Goes on from the newest tick in the log, in the next epoch. */
  SimulatedClock(SimulatedBroker broker, long wall) {
    this.broker = broker;
    int newestEpoch = 0;
    long newestClock = 0;
    lastWall = wall;
    for (Topic topic : Topic.SOURCES) {
      for (List<LogEntry> log : broker.log(topic)) {
        for (LogEntry entry : log) {
          if (entry.header(HeaderNames.TYPE).filter(HeaderNames.TICK::equals).isPresent()) {
            Tick tick = singleObject.decode(entry.value(), Tick.class);
            newestEpoch = Math.max(newestEpoch, tick.getEpoch());
            if (tick.getClock() > newestClock) {
              newestClock = tick.getClock();
              lastWall = tick.getWall().toEpochMilli();
              outage = tick.getOutage();
            }
          }
        }
      }
    }
    epoch = newestEpoch + 1;
    clock = newestClock;
  }

  /**
   * Writes the next tick.
   *
   * @param elapsed milliseconds since the last one
   * @param partitionsMax it dies when it has written to so many
   */
  void tick(long wall, long elapsed, int partitionsMax) {
    boolean gap = elapsed > MAX_GAP;
    boolean stands = gap || wall < graceUntil;
    clock += stands ? 1 : Math.max(1, Math.min(elapsed, MAX_STEP));
    if (gap) {
      outage = new Outage(clock, Instant.ofEpochMilli(lastWall), Instant.ofEpochMilli(wall));
      graceUntil = wall + GRACE;
    }
    lastWall = wall;
    List<SourceTopic> sources = new ArrayList<>();
    for (Topic topic : Topic.SOURCES) {
      var entry = broker.directory().entry(topic);
      sources.add(new SourceTopic(entry.name(), entry.id(), entry.partitions()));
    }
    Tick tick = new Tick(epoch, clock, Instant.ofEpochMilli(wall), 0L, sources, outage);
    byte[] value = singleObject.encode(tick);
    int left = partitionsMax;
    for (Topic topic : Topic.SOURCES) {
      for (int p = 0; p < broker.log(topic).size() && left > 0; p++, left--) {
        broker.append(
            topic, p, null, value, List.of(Header.of(HeaderNames.TYPE, HeaderNames.TICK)));
      }
    }
  }

  long clock() {
    return clock;
  }
}
