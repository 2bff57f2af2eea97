// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.TickMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clock that every source partition has passed, as one inbox partition tells it: the minimum
 * over all that the newest tick lists. Not for threads to share. Source: docs/concepts.md, "Time".
 */
public final class Frontier {
  /** Not known: a listed source partition has not been seen. */
  public static final long NONE = Long.MIN_VALUE;

  private final Map<String, LogClock> clocks = new HashMap<>();
  private List<SourceTopic> sources = List.of();
  private long newest = -1;
  private LogClock value;
  private boolean known;

  /** The name of a source partition, as marks and records carry it. */
  public static String source(String topicId, int partition) {
    return topicId + '/' + partition;
  }

  /**
   * Takes in what a router subtask knows. Its list of sources counts only when no other subtask is
   * ahead of it: one that lags may not know yet of a partition that was added.
   */
  public void tick(InboxTick tick) {
    long told = tick.getMarks().stream().mapToLong(TickMark::getClock).max().orElse(-1);
    if (told >= newest) {
      widen(tick.getSources());
    }
    for (TickMark mark : tick.getMarks()) {
      passed(
          source(mark.getTopicId(), mark.getPartition()),
          new LogClock(mark.getEpoch(), mark.getClock(), mark.getWall().toEpochMilli()));
    }
  }

  /**
   * A partition that is listed anew takes part from here on: the clock has written to it later than
   * the frontier is, and what stands in it before its first tick is as late as its reader says.
   * Were it waited for, a frontier that some have acted on already would be taken back.
   */
  private void widen(List<SourceTopic> listed) {
    LogClock joinsAt = clock();
    sources = listed;
    known = false;
    if (joinsAt == null) {
      return;
    }
    for (SourceTopic topic : listed) {
      for (int partition = 0; partition < topic.getPartitions(); partition++) {
        clocks.putIfAbsent(source(topic.getTopicId(), partition), joinsAt);
      }
    }
  }

  /**
   * Takes a list of sources that was kept along with clocks up to {@code told}, unless a newer one
   * is known.
   */
  public void restore(List<SourceTopic> kept, long told) {
    boolean wider = told == newest && partitions(kept) > partitions(sources);
    if (told > newest || wider || sources.isEmpty()) {
      sources = kept;
      known = false;
    }
  }

  private static int partitions(List<SourceTopic> topics) {
    return topics.stream().mapToInt(SourceTopic::getPartitions).sum();
  }

  /** That the newest tick lists. */
  public List<SourceTopic> sources() {
    return sources;
  }

  /** A source partition has passed a clock, as a tick or a record of it tells. */
  public void passed(String source, LogClock clock) {
    LogClock highest = clocks.get(source);
    if (highest == null || clock.clock() > highest.clock()) {
      clocks.put(source, clock);
      newest = Math.max(newest, clock.clock());
      known = false;
    }
  }

  /** The highest clock of a source partition; null: none was seen. */
  public LogClock clockOf(String source) {
    return clocks.get(source);
  }

  /** The minimum; {@link #NONE} while a listed source partition is unseen, or none is listed. */
  public long value() {
    LogClock clock = clock();
    return clock == null ? NONE : clock.clock();
  }

  /** The same, with the wall of its tick; null where it is {@link #NONE}. */
  public LogClock clock() {
    // Asked at every record, while clocks move once a second.
    if (!known) {
      value = minimum();
      known = true;
    }
    return value;
  }

  /** The same, or this one while it is not known. */
  public LogClock or(LogClock other) {
    LogClock clock = clock();
    return clock == null ? other : clock;
  }

  private LogClock minimum() {
    LogClock minimum = null;
    for (SourceTopic topic : sources) {
      for (int partition = 0; partition < topic.getPartitions(); partition++) {
        LogClock clock = clocks.get(source(topic.getTopicId(), partition));
        if (clock == null) {
          return null;
        }
        minimum = minimum == null ? clock : earlier(minimum, clock);
      }
    }
    return minimum;
  }

  /** Of two of one clock the one that all would choose, in whatever order they look. */
  private static LogClock earlier(LogClock one, LogClock other) {
    if (one.clock() != other.clock()) {
      return one.clock() < other.clock() ? one : other;
    }
    return one.wall() >= other.wall() ? one : other;
  }
}
