// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.LogClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterClocksTest {
  private static final long WALL = 1_767_225_600_000L;

  private final RouterClocks clocks = new RouterClocks();

  private static final TopicDirectory TOPICS =
      new TopicDirectory(
          Map.of(
              "ingress", new TopicDirectory.Entry("twinlog.ingress", "t", 2),
              "commands", new TopicDirectory.Entry("twinlog.commands", "u", 2)));

  private static Tick tick(int epoch, long clock, int partitions) {
    return new Tick(
        epoch,
        clock,
        Instant.ofEpochMilli(WALL + clock),
        clock / 1_000,
        List.of(new SourceTopic("twinlog.ingress", "t", partitions)),
        null);
  }

  private static Tick tick(long clock) {
    return tick(1, clock, 2);
  }

  private Optional<InboxTick> take(int partition, long offset, Tick tick) {
    return clocks.tick("t", partition, offset, tick, TOPICS);
  }

  private static List<String> marks(Optional<InboxTick> told) {
    return told.orElseThrow().getMarks().stream()
        .map(mark -> mark.getPartition() + "@" + mark.getClock())
        .toList();
  }

  @Test
  void knowsNoTimeBeforeTheFirstTick() {
    assertThat(clocks.clockOf("t", 0)).isEqualTo(LogClock.UNKNOWN);
    assertThat(clocks.rulesOf("t", 0)).isZero();
  }

  @Test
  void givesEachPartitionTheTimeOfItsLastTick() {
    take(0, 10, tick(1_000));
    take(1, 20, tick(7_000));

    assertThat(clocks.clockOf("t", 0)).isEqualTo(new LogClock(1, 1_000, WALL + 1_000));
    assertThat(clocks.clockOf("t", 1)).isEqualTo(new LogClock(1, 7_000, WALL + 7_000));
    assertThat(clocks.rulesOf("t", 1)).isEqualTo(7);
    assertThat(clocks.clockOf("u", 0)).isEqualTo(LogClock.UNKNOWN);
  }

  @Test
  void ignoresATickThatDoesNotAdvance() {
    take(0, 10, tick(2_000));

    assertThat(take(0, 11, tick(2_000))).isEmpty();
    assertThat(take(0, 12, tick(1_000))).isEmpty();
    assertThat(take(0, 13, tick(0, 9_000, 2))).isEmpty();

    assertThat(clocks.clockOf("t", 0).clock()).isEqualTo(2_000);
  }

  @Test
  void followsALaterEpoch() {
    take(0, 10, tick(2_000));

    take(0, 11, tick(2, 3_000, 2));

    assertThat(clocks.clockOf("t", 0).epoch()).isEqualTo(2);
  }

  @Test
  void tellsOfNoOutageAgainThatAnotherClockDidNotKnow() {
    assertThat(newsOfOutage(1, 16_000, 15_003L)).isTrue();
    assertThat(newsOfOutage(2, 17_000, 15_002L)).isFalse();
    assertThat(newsOfOutage(3, 18_000, 15_003L)).isFalse();
    assertThat(newsOfOutage(4, 19_000, null)).isFalse();
    assertThat(newsOfOutage(5, 20_000, 15_003L)).isFalse();
    assertThat(newsOfOutage(5, 21_000, 20_500L)).isTrue();
  }

  /** Of a tick that is taken in then. */
  private boolean newsOfOutage(int epoch, long clock, Long outage) {
    Tick tick = tick(epoch, clock, 2);
    if (outage != null) {
      Instant then = Instant.ofEpochMilli(WALL + outage);
      tick.setOutage(new Outage(outage, then, then));
    }
    boolean news = clocks.newsOfOutage("t", 0, tick).isPresent();
    take(0, clock, tick);
    return news;
  }

  @Test
  void tellsTheInboxesWhenTheSlowestHasMoved() {
    assertThat(marks(take(0, 10, tick(1_000)))).containsExactly("0@1000");
    assertThat(marks(take(1, 20, tick(1_000)))).containsExactly("0@1000", "1@1000");

    assertThat(take(0, 11, tick(2_000))).isEmpty();
    assertThat(marks(take(1, 21, tick(2_000)))).containsExactly("0@2000", "1@2000");
  }

  @Test
  void doesNotWaitForAPartitionThatItDoesNotRead() {
    take(0, 10, tick(1_000));

    assertThat(marks(take(0, 11, tick(2_000)))).containsExactly("0@2000");
  }

  @Test
  void tellsAtOnceOfAPartitionThatItBeginsToRead() {
    take(0, 10, tick(5_000));

    assertThat(marks(take(1, 20, tick(5_000)))).containsExactly("0@5000", "1@5000");
  }

  @Test
  void speaksAfterARestoreOnlyForWhatItReads() {
    take(0, 10, tick(1_000));
    take(1, 20, tick(1_000));
    RouterClocks restored = new RouterClocks();
    restored.restore(clocks.snapshot());

    assertThat(restored.clockOf("t", 1).clock()).isEqualTo(1_000);
    assertThat(marks(restored.tick("t", 0, 11, tick(2_000), TOPICS))).containsExactly("0@2000");
    // A tick that it had heard before the restore does not advance; yet it is the first it reads.
    assertThat(marks(restored.tick("t", 1, 20, tick(1_000), TOPICS)))
        .containsExactly("0@2000", "1@1000");
  }

  @Test
  void mergesWhatSubtasksKnewByTheHighest() {
    take(0, 10, tick(1_000));
    take(1, 20, tick(1_000));
    InboxTick stale = clocks.snapshot();
    take(0, 11, tick(2_000));
    InboxTick owners = clocks.snapshot();

    for (List<InboxTick> order : List.of(List.of(stale, owners), List.of(owners, stale))) {
      RouterClocks restored = new RouterClocks();
      order.forEach(restored::restore);

      assertThat(restored.clockOf("t", 0).clock()).isEqualTo(2_000);
      assertThat(restored.clockOf("t", 1).clock()).isEqualTo(1_000);
    }
  }

  @Test
  void keepsAllThatItKnowsForTheCheckpoint() {
    take(0, 10, tick(1_000));
    RouterClocks restored = new RouterClocks();
    restored.restore(clocks.snapshot());

    assertThat(restored.snapshot()).isEqualTo(clocks.snapshot());
    assertThat(restored.snapshot().getMarks()).extracting(TickMark::getOffset).containsExactly(10L);
  }

  @Test
  void doesNotForgetAPartitionThatWasAddedForOldTicksReadLate() {
    take(0, 10, tick(1, 9_000, 3));

    InboxTick told = take(1, 20, tick(1, 1_000, 2)).orElseThrow();

    assertThat(told.getSources()).extracting(SourceTopic::getPartitions).containsExactly(3);
  }

  @Test
  void doesNotForgetAPartitionThatWasAddedForAStaleCopy() {
    take(0, 10, tick(1, 1_000, 2));
    InboxTick stale = clocks.snapshot();
    take(0, 11, tick(1, 2_000, 3));
    RouterClocks restored = new RouterClocks();
    restored.restore(clocks.snapshot());
    restored.restore(stale);

    assertThat(restored.snapshot().getSources())
        .extracting(SourceTopic::getPartitions)
        .containsExactly(3);
  }

  @Test
  void findsTheFlawOfATickThatNoClockWrote() {
    take(0, 10, tick(1_000));

    assertThat(clocks.flawOf(tick(2_000), "t", 0, TOPICS)).isEmpty();
    assertThat(clocks.flawOf(tick(2, 2_000, 2), "t", 0, TOPICS)).isEmpty();
    assertThat(clocks.flawOf(tick(1_001, 2_000, 2), "t", 0, TOPICS))
        .as("epochs that died before they reached this partition")
        .isEmpty();
    assertThat(clocks.flawOf(tick(1_002, 2_000, 2), "t", 0, TOPICS))
        .hasValueSatisfying(f -> assertThat(f).contains("epoch"));
    assertThat(clocks.flawOf(tick(1, 2_000, Integer.MAX_VALUE), "t", 0, TOPICS)).isPresent();
    assertThat(clocks.flawOf(tick(1, 2_000, 0), "t", 0, TOPICS)).isPresent();
    assertThat(clocks.flawOf(tick(-1), "t", 0, TOPICS)).isPresent();
    assertThat(clocks.flawOf(tick(Long.MAX_VALUE), "t", 0, TOPICS)).isPresent();
  }

  /** Ticks from before a source topic was replaced list it under its old id. */
  @Test
  void takesTheTimeOfATickFromBeforeATopicWasReplacedAndNotItsList() {
    Tick old = tick(1_000);
    old.setSources(List.of(new SourceTopic("twinlog.ingress", "the-old-id", 7)));

    assertThat(clocks.flawOf(old, "u", 0, TOPICS)).isEmpty();
    assertThat(clocks.tick("u", 0, 10, old, TOPICS)).as("nothing to tell yet").isEmpty();
    assertThat(clocks.clockOf("u", 0).wall()).isEqualTo(WALL + 1_000);

    Optional<InboxTick> told = clocks.tick("u", 0, 11, tick(2_000), TOPICS);

    assertThat(told).map(InboxTick::getSources).contains(tick(2_000).getSources());
  }

  @Test
  void refusesAnOutageThatIsNotBehindItsTick() {
    Tick forged = tick(1_000);
    forged.setOutage(new Outage(1_001L, Instant.EPOCH, Instant.EPOCH));
    Tick negative = tick(1_000);
    negative.setOutage(new Outage(-1L, Instant.EPOCH, Instant.EPOCH));
    Tick honest = tick(1_000);
    honest.setOutage(new Outage(1_000L, Instant.EPOCH, Instant.EPOCH));

    assertThat(clocks.flawOf(forged, "t", 0, TOPICS)).isPresent();
    assertThat(clocks.flawOf(negative, "t", 0, TOPICS)).isPresent();
    assertThat(clocks.flawOf(honest, "t", 0, TOPICS)).isEmpty();
  }
}
