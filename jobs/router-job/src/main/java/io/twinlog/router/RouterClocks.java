// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.clock.ClockRules;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The last tick of each source partition, and what of it the inboxes must hear. A subtask knows all
 * partitions from what was restored, but speaks only for those that it reads.
 */
final class RouterClocks {
  /**
   * A clock raises the epoch at each start, and may die before it has reached every partition: so
   * many epochs a partition may miss. A forged one must not lock the true clock out.
   */
  private static final int EPOCHS_MISSED_MAX = 1_000;

  /**
   * So many versions of the rules may be published between two ticks; a forged tick must not make
   * the router wait for what nobody will ever publish.
   */
  private static final int VERSIONS_AHEAD_MAX = 1_000;

  private static final long NEVER_TOLD = Long.MIN_VALUE;

  private final Map<String, TickMark> marks = new TreeMap<>();
  private final Set<String> read = new HashSet<>();
  private List<SourceTopic> sources = List.of();
  private long told = NEVER_TOLD;
  private boolean readMore;

  /** Time at a record of that partition. */
  LogClock clockOf(String topicId, int partition) {
    TickMark mark = marks.get(key(topicId, partition));
    return mark == null
        ? LogClock.UNKNOWN
        : new LogClock(mark.getEpoch(), mark.getClock(), mark.getWall().toEpochMilli());
  }

  /** Version of the rules in force at a record of that partition. */
  long rulesOf(String topicId, int partition) {
    TickMark mark = marks.get(key(topicId, partition));
    return mark == null ? 0 : mark.getRulesVersion();
  }

  /**
   * Takes a tick in. One that does not advance its partition is ignored: a second ticker's, or a
   * repeat.
   *
   * @return what the inboxes must hear: the clocks of the partitions that are read here, whenever
   *     the slowest of them has moved
   */
  Optional<InboxTick> tick(
      String topicId, int partition, long offset, Tick tick, TopicDirectory topics) {
    String key = key(topicId, partition);
    TickMark last = marks.get(key);
    readMore |= read.add(key);
    if (last == null || advances(last, tick)) {
      marks.put(
          key,
          new TickMark(
              topicId,
              partition,
              offset,
              tick.getEpoch(),
              tick.getClock(),
              tick.getWall(),
              // Another ticker may not know yet what was in force here before.
              Math.max(rulesOf(topicId, partition), tick.getRulesVersion()),
              // Nor of which outages was told.
              Math.max(last == null ? -1 : last.getOutageClock(), outageOf(tick))));
      if (tick.getClock() >= newest() && isOfToday(tick, topics)) {
        sources = tick.getSources();
      }
    }
    return toTell();
  }

  private static long outageOf(Tick tick) {
    return tick.getOutage() == null ? -1 : tick.getOutage().getClock();
  }

  /**
   * The outage that a tick tells of, where it is news to its partition. Ask before the tick is
   * taken in. Of all partitions one is asked, so it is told once.
   */
  Optional<Outage> newsOfOutage(String topicId, int partition, Tick tick) {
    TickMark last = marks.get(key(topicId, partition));
    boolean advances = last == null || advances(last, tick);
    boolean news =
        tick.getOutage() != null
            && (last == null || tick.getOutage().getClock() > last.getOutageClock());
    return advances && news ? Optional.of(tick.getOutage()) : Optional.empty();
  }

  /** The source topics that are known from what was restored. */
  Set<String> topicIds() {
    Set<String> ids = new TreeSet<>();
    marks.values().forEach(mark -> ids.add(mark.getTopicId()));
    return ids;
  }

  /** A partition that is read late has old ticks, whose lists may lack what was added since. */
  private long newest() {
    return marks.values().stream().mapToLong(TickMark::getClock).max().orElse(NEVER_TOLD);
  }

  /**
   * Why a tick cannot be one of the clock's: it lists what is no source topic, or more partitions
   * than there are; its epoch, its clock or its outage is beyond what a clock can reach. Empty:
   * nothing speaks against it.
   */
  Optional<String> flawOf(Tick tick, String topicId, int partition, TopicDirectory topics) {
    for (SourceTopic source : tick.getSources()) {
      if (Topic.SOURCES.stream().noneMatch(topic -> mayBe(source, topics.entry(topic)))) {
        return Optional.of(
            source.getTopic()
                + " with "
                + source.getPartitions()
                + " partitions is no source topic");
      }
    }
    TickMark last = marks.get(key(topicId, partition));
    boolean tooFar = last != null && tick.getEpoch() - last.getEpoch() > EPOCHS_MISSED_MAX;
    if (tooFar || !ClockRules.isReachable(tick.getEpoch(), tick.getClock())) {
      return Optional.of(
          "no clock has come to epoch " + tick.getEpoch() + " and clock " + tick.getClock());
    }
    if (isBeyondRules(last, tick.getRulesVersion())) {
      return Optional.of(
          "nobody has published version " + tick.getRulesVersion() + " of the rules");
    }
    Outage outage = tick.getOutage();
    boolean ahead =
        outage != null && (outage.getClock() < 0 || outage.getClock() > tick.getClock());
    return ahead
        ? Optional.of("its outage at " + outage.getClock() + " is not behind it")
        : Optional.empty();
  }

  private static boolean isBeyondRules(TickMark last, long version) {
    boolean tooFar = last != null && version - last.getRulesVersion() > VERSIONS_AHEAD_MAX;
    return tooFar || !RuleSet.isVersion(version);
  }

  /** A topic that was replaced stands under its old id in the ticks from before that. */
  private static boolean mayBe(SourceTopic source, TopicDirectory.Entry entry) {
    boolean replaced =
        source.getTopic().equals(entry.name()) && !source.getTopicId().equals(entry.id());
    boolean today =
        source.getTopicId().equals(entry.id()) && source.getPartitions() <= entry.partitions();
    return source.getPartitions() > 0 && (replaced || today);
  }

  /** Whether all that a tick lists is there today; if not, its list tells nothing of today. */
  private static boolean isOfToday(Tick tick, TopicDirectory topics) {
    return tick.getSources().stream()
        .allMatch(
            source ->
                Topic.SOURCES.stream()
                    .anyMatch(topic -> topics.entry(topic).id().equals(source.getTopicId())));
  }

  private static boolean advances(TickMark last, Tick tick) {
    return tick.getEpoch() >= last.getEpoch() && tick.getClock() > last.getClock();
  }

  private Optional<InboxTick> toTell() {
    List<TickMark> mine = read.stream().sorted().map(marks::get).toList();
    long slowest = mine.stream().mapToLong(TickMark::getClock).min().orElse(NEVER_TOLD);
    // Without a list nobody could say what the frontier waits for.
    if (sources.isEmpty() || (slowest == told && !readMore)) {
      return Optional.empty();
    }
    told = slowest;
    readMore = false;
    return Optional.of(new InboxTick(mine, sources));
  }

  /** All that is known, for the checkpoint. */
  InboxTick snapshot() {
    return new InboxTick(new ArrayList<>(marks.values()), sources);
  }

  /** Takes in what some subtask knew; of each partition the highest counts. */
  void restore(InboxTick snapshot) {
    long kept = snapshot.getMarks().stream().mapToLong(TickMark::getClock).max().orElse(NEVER_TOLD);
    boolean wider = kept == newest() && partitions(snapshot.getSources()) > partitions(sources);
    if (kept > newest() || wider || sources.isEmpty()) {
      sources = snapshot.getSources();
    }
    for (TickMark mark : snapshot.getMarks()) {
      marks.merge(
          key(mark.getTopicId(), mark.getPartition()),
          mark,
          (a, b) -> a.getOffset() >= b.getOffset() ? a : b);
    }
  }

  private static int partitions(List<SourceTopic> topics) {
    return topics.stream().mapToInt(SourceTopic::getPartitions).sum();
  }

  private static String key(String topicId, int partition) {
    return topicId + '/' + partition;
  }
}
