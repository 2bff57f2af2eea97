// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one inbox partition says, by the plain words of the design: repeats, clocks, frontier. */
final class OracleInbox {
  /** No source partition is known to have passed any clock. */
  static final long NO_FRONTIER = Long.MIN_VALUE;

  /** A record that is no repeat, with its time. */
  record Heard(LogEntry entry, int partition, String source, LogClock clock, long frontier) {}

  private final int partition;
  private final SingleObject singleObject = new SingleObject();
  private final Map<String, Origin> newest = new HashMap<>();
  private final Map<String, Long> passed = new HashMap<>();
  private List<SourceTopic> listed = List.of();
  private long furthest = -1;

  OracleInbox(int partition) {
    this.partition = partition;
  }

  /** Takes the next entry of the log; empty: a tick, or a repeat. */
  Optional<Heard> hear(LogEntry entry) {
    if (entry.header(HeaderNames.TYPE).filter(HeaderNames.TICK::equals).isPresent()) {
      hear(singleObject.decode(entry.value(), InboxTick.class));
      return Optional.empty();
    }
    Origin origin = Origin.parse(ascii(entry, HeaderNames.ORIGIN));
    String source = origin.topicId() + '/' + origin.partition();
    Origin last = newest.get(source);
    boolean later =
        last == null
            || origin.offset() > last.offset()
            || (origin.offset() == last.offset() && origin.index() > last.index());
    if (!later) {
      return Optional.empty();
    }
    newest.put(source, origin);
    LogClock clock = LogClock.parse(ascii(entry, HeaderNames.CLOCK));
    pass(source, clock.clock());
    return Optional.of(new Heard(entry, partition, source, clock, frontier()));
  }

  private static byte[] ascii(LogEntry entry, String header) {
    return entry.header(header).orElseThrow().getBytes(StandardCharsets.US_ASCII);
  }

  private void hear(InboxTick tick) {
    long told = -1;
    for (TickMark mark : tick.getMarks()) {
      told = Math.max(told, mark.getClock());
    }
    if (told >= furthest) {
      listed = new ArrayList<>(tick.getSources());
    }
    for (TickMark mark : tick.getMarks()) {
      pass(mark.getTopicId() + '/' + mark.getPartition(), mark.getClock());
    }
  }

  private void pass(String source, long clock) {
    passed.put(source, Math.max(clock, passed.getOrDefault(source, -1L)));
    furthest = Math.max(furthest, clock);
  }

  private long frontier() {
    long lowest = Long.MAX_VALUE;
    for (SourceTopic topic : listed) {
      for (int p = 0; p < topic.getPartitions(); p++) {
        lowest = Math.min(lowest, passed.getOrDefault(topic.getTopicId() + '/' + p, NO_FRONTIER));
      }
    }
    return listed.isEmpty() ? NO_FRONTIER : lowest;
  }
}
