// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.AggregateRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.AggregateRig.Sent;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of ten seconds, opened at clock 0: deadlines at 10 s and 20 s, and the end at 30 s. */
class AggregateDeadlinesTest {
  private static final long ROUND = 10 * SECOND;

  private AggregateRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new AggregateRig();
    rig.send(opened());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Sent opened() {
    return Sent.of("k-1", "report e-1 open " + ROUND, 10, 0);
  }

  private static Sent added(long clock) {
    return Sent.of("k-1", "report e-2 add 1", 11, clock);
  }

  private static String over(int version, long clock, int index) {
    return "device.log k-1 %d: round-over 0 at %d by timeout [10/%d]"
        .formatted(version, clock, index);
  }

  private static String sum(int index) {
    return "device.state k-1 sum 0 [10/" + index + "]";
  }

  @Test
  void appliesDeadlinesBeforeARecordEachAtItsOwnTime() throws Exception {
    assertThat(rig.send(added(25 * SECOND)))
        .containsExactly(
            over(2, ROUND, 2),
            sum(3),
            over(3, 2 * ROUND, 4),
            sum(5),
            "device.log k-1 4: add 1 at 25000 by announced [11/0]",
            "device.state k-1 sum 1 [11/1]");
  }

  @Test
  void stampsADeadlinesOutputsWithTheDeadlinesOwnClock() throws Exception {
    rig.send(added(25 * SECOND));

    assertThat(AggregateRig.header(rig.outputs().get(2), HeaderNames.CLOCK))
        .isEqualTo(new LogClock(1, ROUND, Ticks.WALL + ROUND).toString());
    assertThat(AggregateRig.header(rig.outputs().get(2), HeaderNames.ORIGIN))
        .isEqualTo("counter/inbox-id/1/10/2");
  }

  @Test
  void putsADeadlineAfterARecordOfTheSameClock() throws Exception {
    assertThat(rig.send(added(ROUND)))
        .containsExactly(
            "device.log k-1 2: add 1 at 10000 by announced [11/0]",
            "device.state k-1 sum 1 [11/1]");
    assertThat(rig.send(Sent.of("k-1", "report e-3 nothing 0", 12, ROUND + 1)))
        .containsExactly(
            "device.log k-1 3: round-over 0 at 10000 by timeout [11/2]",
            "device.state k-1 sum 1 [11/3]");
  }

  @Test
  void measuresARecordOfTheHomePartitionByItsOwnClock() throws Exception {
    // Another source partition lags far behind: its frontier says nothing of this key.
    assertThat(rig.send(added(15 * SECOND).frontier(SECOND))).startsWith(over(2, ROUND, 2));
  }

  @Test
  void measuresARecordOfAnotherPartitionByTheFrontier() throws Exception {
    assertThat(rig.send(added(15 * SECOND).from("t/1").frontier(9 * SECOND)))
        .startsWith("device.log k-1 2: add 1 at 15000 by announced [11/0]");
    assertThat(
            rig.send(
                Sent.of("k-1", "report e-3 add 1", 12, 16 * SECOND)
                    .from("t/1")
                    .frontier(ROUND + 1)))
        .startsWith("device.log k-1 3: round-over 0 at 10000 by timeout [11/2]");
  }

  @Test
  void doesNotHideADeadlineBehindACommandThatRanAhead() throws Exception {
    rig.send(
        Sent.of("k-1", "request c-1 -1 add 1", 11, 60 * SECOND)
            .from("commands/0")
            .frontier(SECOND));

    assertThat(rig.send(Sent.of("k-1", "report e-2 add 1", 12, 15 * SECOND).frontier(SECOND)))
        .startsWith("device.log k-1 3: round-over 0 at 10000 by timeout [11/3]");
    assertThat(AggregateRig.header(rig.outputs().get(5), HeaderNames.CLOCK))
        .isEqualTo(new LogClock(1, ROUND, Ticks.WALL + ROUND).toString());
  }

  @Test
  void measuresByTheFrontierForADayAfterASecondPartitionWasSeen() throws Exception {
    long day = 24 * 3_600 * SECOND;
    rig.send(Sent.of("k-1", "report e-2 round " + 3 * day, 11, 0));
    rig.send(Sent.of("k-1", "report e-3 add 1", 12, SECOND).from("t/1"));
    rig.send(Sent.of("k-1", "report e-4 round " + SECOND, 13, day - ROUND).from("t/1"));

    // At home in t/1 by now, but shared until a day after the first record from there.
    Sent shared = Sent.of("k-1", "report e-5 nothing 0", 14, day + SECOND - 1);
    assertThat(rig.send(shared.from("t/1").frontier(0))).isEmpty();
    Sent alone = Sent.of("k-1", "report e-6 nothing 0", 15, day + SECOND + 1);
    assertThat(rig.send(alone.from("t/1").frontier(0)))
        .startsWith(
            "device.log k-1 5: round-over 0 at %d by timeout [14/0]"
                .formatted(day - ROUND + SECOND));
  }

  @Test
  void appliesNoDeadlineForACommandWhileTheFrontierIsNotKnown() throws Exception {
    assertThat(
            rig.send(
                Sent.of("k-1", "request c-1 -1 add 1", 11, 15 * SECOND)
                    .from("commands/0")
                    .frontier(Frontier.NONE)))
        .startsWith("device.log k-1 2: add 1 at 15000 by announced [11/0]");
  }

  @Test
  void firesOnAWatermarkAtOrBehindTheDeadline() throws Exception {
    assertThat(rig.watermark(ROUND - 1)).isEmpty();
    assertThat(rig.watermark(ROUND)).containsExactly(over(2, ROUND, 2), sum(3));
  }

  @Test
  void makesNoDifferenceByTimerOrBeforeARecord() throws Exception {
    rig.send(added(25 * SECOND));

    try (AggregateRig byTimer = new AggregateRig()) {
      byTimer.send(opened());
      byTimer.watermark(12 * SECOND);
      byTimer.watermark(24 * SECOND);
      byTimer.send(added(25 * SECOND));

      assertThat(AggregateRig.bytes(byTimer.outputs()))
          .isEqualTo(AggregateRig.bytes(rig.outputs()));
    }
  }

  @Test
  void makesNoDifferenceHowFarOneWatermarkJumps() throws Exception {
    for (long clock = 0; clock <= 60; clock++) {
      rig.watermark(clock * SECOND);
    }

    try (AggregateRig atOnce = new AggregateRig()) {
      atOnce.send(opened());
      atOnce.watermark(60 * SECOND);

      assertThat(AggregateRig.bytes(atOnce.outputs())).isEqualTo(AggregateRig.bytes(rig.outputs()));
      assertThat(atOnce.entries()).isZero();
    }
    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void firesNothingOnTheFinalWatermark() throws Exception {
    assertThat(rig.watermark(Long.MAX_VALUE)).isEmpty();

    assertThat(rig.timers()).isEqualTo(1);
    assertThat(rig.harness.getOutput()).last().hasToString("Watermark @ 9223372036854775807");
  }

  @Test
  void holdsOneTimerPerKeyHoweverOftenADeadlineMoves() throws Exception {
    for (int i = 1; i <= 9; i++) {
      rig.send(Sent.of("k-1", "report t-" + i + " touch 0", 10 + i, i * SECOND));
      assertThat(rig.timers()).isEqualTo(1);
      // Not set again with each record: it waits for the timer that is set.
      assertThat(rig.timerOf("k-1")).isEqualTo(ROUND);
    }
    rig.send(Sent.of("k-2", "report e-1 open " + ROUND, 30, 0));

    assertThat(rig.timers()).isEqualTo(2);
  }

  @Test
  void waitsWithTheOldTimerForADeadlineThatMovedLater() throws Exception {
    rig.send(Sent.of("k-1", "report t-1 touch 0", 11, 9 * SECOND));

    assertThat(rig.watermark(ROUND)).isEmpty();
    assertThat(rig.timers()).isEqualTo(1);
    assertThat(rig.watermark(19 * SECOND))
        .containsExactly(
            "device.log k-1 2: round-over 0 at 19000 by timeout [11/0]",
            "device.state k-1 sum 0 [11/1]");
  }

  @Test
  void setsAnEarlierTimerForADeadlineThatMovedEarlier() throws Exception {
    rig.send(Sent.of("k-1", "report e-2 round " + SECOND, 11, SECOND));

    assertThat(rig.timers()).isEqualTo(1);
    assertThat(rig.watermark(2 * SECOND))
        .startsWith("device.log k-1 3: round-over 0 at 2000 by timeout [11/2]");
    assertThat(rig.timers()).isEqualTo(1);
  }

  @Test
  void endsByTimeAloneAndLeavesNothing() throws Exception {
    assertThat(rig.watermark(30 * SECOND))
        .containsExactly(
            over(2, ROUND, 2),
            sum(3),
            over(3, 2 * ROUND, 4),
            sum(5),
            "device.log k-1 4: end 0 at 30000 by timeout [10/6]",
            "device.state k-1 - [10/7]");
    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void startsOverWithARecordBehindItsEnd() throws Exception {
    List<String> lines = rig.send(Sent.of("k-1", "report e-1 open " + ROUND, 11, 40 * SECOND));

    assertThat(lines)
        .endsWith(
            "device.state k-1 - [10/7]",
            "device.log k-1 1: open 10000 at 40000 by announced [11/0]",
            "device.state k-1 sum 0 [11/1]");
    assertThat(rig.timers()).isEqualTo(1);
    assertThat(rig.watermark(50 * SECOND)).hasSize(2);
  }

  @Test
  void leavesNothingOfAKeyThatEndsBeforeARecordThatIsRefused() throws Exception {
    assertThat(rig.send(added(40 * SECOND)))
        .endsWith("device.state k-1 - [10/7]", "dead-letters k-1 report e-2 add 1 [11/0]");
    rig.watermark(60 * SECOND);

    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void doesNotTakeDeadlinesBackForAClockThatRunsBehind() throws Exception {
    rig.send(added(25 * SECOND));

    // A record of a partition that lags: nothing fires, and the next round still ends at 30 s.
    assertThat(
            rig.send(
                Sent.of("k-1", "report e-3 add 1", 12, 5 * SECOND)
                    .from("t/1")
                    .frontier(5 * SECOND)))
        .startsWith("device.log k-1 5: add 1 at 5000 by announced [12/0]");
    assertThat(rig.watermark(30 * SECOND))
        .startsWith("device.log k-1 6: end 0 at 30000 by timeout [12/3]");
  }
}
