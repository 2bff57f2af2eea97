// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.AggregateRig.HOUR;
import static io.twinlog.flink.AggregateRig.SECOND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.AggregateRig.Sent;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Partitions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AggregateOperatorTest {
  private AggregateRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new AggregateRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Sent report(String words, long offset, long clock) {
    return Sent.of("k-1", "report " + words, offset, clock);
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(rig.entries()).isZero();
    assertThat(rig.timers()).isZero();
  }

  @Test
  void foldsAndPublishesLogThenProjectionThenSnapshot() throws Exception {
    assertThat(rig.send(report("e-1 open 0", 10, 0)))
        .containsExactly(
            "device.log k-1 1: open 0 at 0 by announced [10/0]", "device.state k-1 sum 0 [10/1]");
    assertThat(rig.send(report("e-2 twice 4", 11, SECOND), report("e-3 twice 1", 12, SECOND)))
        .containsExactly(
            "device.log k-1 2: twice 4 at 1000 by announced [11/0]",
            "device.log k-1 3: twice 4 at 1000 by announced [11/1]",
            "device.state k-1 sum 8 [11/2]",
            "device.log k-1 4: twice 1 at 1000 by announced [12/0]",
            "device.log k-1 5: twice 1 at 1000 by announced [12/1]",
            "device.state k-1 sum 10 [12/2]",
            "device.snapshots k-1 sum 10 [12/3]");
  }

  @Test
  void writesEachOutputWithItsHeadersToThePartitionOfItsKey() throws Exception {
    rig.send(report("e-1 open 0", 10, SECOND));

    OutputRecord log = rig.outputs().get(0);
    assertThat(log.partition()).isEqualTo(Partitions.of("k-1".getBytes(UTF_8), 4));
    assertThat(AggregateRig.header(log, HeaderNames.TYPE)).isEqualTo("Happened");
    assertThat(AggregateRig.header(log, HeaderNames.ORIGIN)).isEqualTo("counter/inbox-id/1/10/0");
    assertThat(AggregateRig.header(log, HeaderNames.CLOCK))
        .isEqualTo(new LogClock(1, SECOND, Ticks.WALL + SECOND).toString());
    assertThat(AggregateRig.header(log, HeaderNames.RULES)).isEqualTo("7");
    assertThat(AggregateRig.header(log, HeaderNames.TRACEPARENT)).isEqualTo("00-a-b-01");
  }

  @Test
  void dropsWhatAnotherJobWritesAgainAfterACrash() throws Exception {
    rig.send(report("e-1 open 0", 10, 0).told("device/i/1", 5, 0));
    rig.send(report("e-2 add 5", 11, 0).told("device/i/1", 5, 1));
    OperatorSubtaskState kept = rig.snapshot();
    rig.close();
    rig = new AggregateRig(kept);

    assertThat(rig.send(report("e-9 add 7", 12, 0).told("device/i/1", 5, 0))).isEmpty();
    assertThat(rig.send(report("e-8 add 7", 13, 0).told("device/i/1", 5, 1))).isEmpty();
    assertThat(rig.send(report("e-7 add 7", 14, 0).told("service/i/1", 5, 1))).hasSize(2);
    assertThat(rig.send(report("e-6 add 7", 15, 0).told("device/i/1", 6, 0))).hasSize(2);
  }

  @Test
  void keepsKeysApart() throws Exception {
    rig.send(report("e-1 open 0", 10, 0), report("e-2 add 5", 11, 0));

    assertThat(rig.send(Sent.of("k-2", "report e-1 open 0", 12, 0)))
        .contains("device.log k-2 1: open 0 at 0 by announced [12/0]");
  }

  @Test
  void dropsAndCountsAnIdThatWasApplied() throws Exception {
    rig.send(report("e-1 open 0", 10, 0), report("e-2 add 5", 11, 0));

    assertThat(rig.send(report("e-2 add 5", 12, SECOND))).isEmpty();

    assertThat(rig.metrics.count("twinlog_duplicates")).isEqualTo(1);
    assertThat(rig.send(report("e-3 add 1", 13, SECOND))).contains("device.state k-1 sum 6 [13/1]");
  }

  @Test
  void forgetsAnIdThatIsPushedOutByLaterOnes() throws Exception {
    rig.send(report("e-1 open 0", 10, 0));
    rig.send(report("e-2 add 1", 11, 0), report("e-3 add 1", 12, 0), report("e-4 add 1", 13, 0));

    // Three are remembered: e-2, e-3, e-4.
    assertThat(rig.send(report("e-2 add 1", 14, 0))).isEmpty();
    assertThat(rig.send(report("e-1 add 1", 15, 0))).isNotEmpty();
  }

  @Test
  void forgetsAnIdBehindTheHorizonOfTheClock() throws Exception {
    rig.send(report("e-1 open 0", 10, 0));

    assertThat(rig.send(report("e-1 add 1", 11, HOUR))).isEmpty();
    assertThat(rig.send(report("e-1 add 1", 12, HOUR + 1))).isNotEmpty();
  }

  @Test
  void doesNotCountAnIdAsSeenThatBecameADeadLetter() throws Exception {
    assertThat(rig.send(report("e-1 add 5", 10, 0))).hasSize(1);
    rig.send(report("e-2 open 0", 11, 0));

    assertThat(rig.send(report("e-1 add 5", 12, 0))).contains("device.state k-1 sum 5 [12/1]");
  }

  @Test
  void makesADeadLetterOfWhatTheRulesRefuseAndKeepsNothing() throws Exception {
    assertThat(rig.send(report("e-1 add 5", 10, SECOND)))
        .containsExactly("dead-letters k-1 report e-1 add 5 [10/0]");

    OutputRecord letter = rig.outputs().get(0);
    assertThat(AggregateRig.header(letter, "dlq.reason")).isEqualTo("unknown_device");
    assertThat(AggregateRig.header(letter, "dlq.stage")).isEqualTo("counter");
    assertThat(AggregateRig.header(letter, "dlq.attempt")).isEqualTo("1");
    assertThat(AggregateRig.header(letter, "__connect.errors.topic"))
        .isEqualTo("twinlog.events.domain");
    assertThat(AggregateRig.header(letter, "__connect.errors.offset")).isEqualTo("10");
    assertThat(AggregateRig.header(letter, "original.tl-type")).isEqualTo("said.so");
    assertThat(rig.metrics.count("twinlog_dead_letters")).isEqualTo(1);
    assertNothingIsLeft();
  }

  @Test
  void goesOnCountingTheAttemptsOfARedrivenRecord() throws Exception {
    rig.send(report("e-1 add 5", 10, SECOND).redriven("3/5/1767225600123/0/17"));

    OutputRecord letter = rig.outputs().get(0);
    assertThat(AggregateRig.header(letter, "dlq.reason")).isEqualTo("unknown_device");
    assertThat(AggregateRig.header(letter, "dlq.attempt")).isEqualTo("3");
    assertThat(AggregateRig.header(letter, "dlq.first-seen")).isEqualTo("2026-01-01T00:00:00.123Z");
    assertThat(AggregateRig.header(letter, "dlq.previous")).isEqualTo("0/17");
  }

  @Test
  void saysOfTheLastAttemptThatItWasTheLastAndWhatWasWrong() throws Exception {
    rig.send(report("e-1 add 5", 10, SECOND).redriven("5/5/1767225600123/0/17"));

    OutputRecord letter = rig.outputs().get(0);
    assertThat(AggregateRig.header(letter, "dlq.reason")).isEqualTo("attempts_exhausted");
    assertThat(AggregateRig.header(letter, "dlq.errors")).contains("unknown_device");
  }

  @Test
  void takesARecordWhoseHistoryCannotBeReadForItsFirstAttempt() throws Exception {
    rig.send(report("e-1 add 5", 10, SECOND).redriven("often"));

    assertThat(AggregateRig.header(rig.outputs().get(0), "dlq.attempt")).isEqualTo("1");
  }

  @Test
  void appliesARedrivenRecordOnceHoweverOftenItIsRedriven() throws Exception {
    rig.send(report("e-1 add 5", 10, 0));
    rig.send(report("e-2 open 0", 11, 0));

    assertThat(rig.send(report("e-1 add 5", 12, 0).redriven("2/5/0/0/17")))
        .contains("device.state k-1 sum 5 [12/1]");
    assertThat(rig.send(report("e-1 add 5", 13, 0).redriven("2/5/0/0/17"))).isEmpty();
    assertThat(rig.metrics.count("twinlog_duplicates")).isEqualTo(1);
  }

  @Test
  void makesADeadLetterOfWhatCannotBeReadAndKeepsNothing() throws Exception {
    assertThat(rig.send(Sent.of("k-1", "gibberish", 10, 0)))
        .containsExactly("dead-letters k-1 gibberish [10/0]");

    assertThat(AggregateRig.header(rig.outputs().get(0), "dlq.reason")).isEqualTo("malformed");
    assertNothingIsLeft();
  }

  @Test
  void makesADeadLetterOfAForeignRecordWithoutTouchingItsKey() throws Exception {
    rig.send(report("e-1 open " + 10 * SECOND, 10, 0));
    long entries = rig.entries();

    InboxRecord foreign =
        new InboxRecord(
            "k-1",
            "report e-2 add 5".getBytes(UTF_8),
            "",
            new InboxRecord.Place(1, 11),
            "",
            LogClock.UNKNOWN,
            0,
            "",
            null,
            "",
            "",
            Frontier.NONE,
            "it has no origin");

    assertThat(rig.send(foreign)).containsExactly("dead-letters k-1 report e-2 add 5 [11/0]");
    OutputRecord letter = rig.outputs().get(rig.outputs().size() - 1);
    assertThat(AggregateRig.header(letter, "dlq.errors"))
        .contains("not_routed", "it has no origin");
    assertThat(rig.entries()).isEqualTo(entries);
  }

  @Test
  void givesADeadLetterNoKeyWhereTheRecordHadNone() throws Exception {
    InboxRecord foreign =
        new InboxRecord(
            "",
            null,
            "",
            new InboxRecord.Place(1, 11),
            "",
            LogClock.UNKNOWN,
            0,
            "",
            null,
            "",
            "",
            Frontier.NONE,
            "it has no key");

    assertThat(rig.send(foreign)).containsExactly("dead-letters - - [11/0]");
    assertNothingIsLeft();
  }

  @Test
  void readsNoStateForAnInputThatTouchesOnlyVitals() throws Exception {
    rig.send(report("e-1 open " + HOUR, 10, 0));
    rig.flush();
    TestingCounter.STATE_ACCESSES.set(0);

    for (int i = 0; i < 50; i++) {
      assertThat(rig.send(report("t-" + i + " touch 0", 11 + i, i * SECOND))).isEmpty();
    }
    rig.flush();
    assertThat(TestingCounter.STATE_ACCESSES).hasValue(0);

    rig.send(report("e-2 add 1", 100, 60 * SECOND));
    rig.flush();
    assertThat(TestingCounter.STATE_ACCESSES).hasValue(1);
    assertThat(rig.timers()).isEqualTo(1);
  }

  @Test
  void keepsTheStateOfAnAggregateThatTimeDoesNothingTo() throws Exception {
    rig.send(report("e-1 open 0", 10, 0), report("e-2 add 5", 11, 0));
    rig.watermark(1_000 * HOUR);

    assertThat(rig.send(report("e-3 add 1", 12, 1_001 * HOUR)))
        .contains("device.log k-1 3: add 1 at %d by announced [12/0]".formatted(1_001 * HOUR));
  }

  @Test
  void clearsAllThatIsKeptOfAnAggregateThatEnds() throws Exception {
    rig.send(report("e-1 open " + HOUR, 10, 0), report("e-2 add 5", 11, 0));
    rig.send(Sent.of("k-1", "request c-1 -1 add 1", 12, 0));
    assertThat(rig.entries()).isEqualTo(3);

    assertThat(rig.send(report("e-3 end 0", 13, SECOND)))
        .containsExactly(
            "device.log k-1 4: end 0 at 1000 by announced [13/0]", "device.state k-1 - [13/1]");
    assertThat(rig.entries()).as("its clock, until time has passed it").isEqualTo(1);
    rig.watermark(2 * SECOND);

    assertNothingIsLeft();
  }

  @Test
  void knowsWhatAnotherJobRepeatsLaterEvenWhereNothingIsLeftOfTheKey() throws Exception {
    Sent told = report("e-1 add 5", 10, 0).told("other/t/1", 77, 0);
    assertThat(rig.send(told)).hasSize(1);
    rig.watermark(23 * HOUR);

    Sent again = report("e-1 add 5", 11, 23 * HOUR).told("other/t/1", 77, 0);
    assertThat(rig.send(again)).isEmpty();
    assertThat(rig.entries()).isEqualTo(1);
    rig.watermark(25 * HOUR);

    assertNothingIsLeft();
  }

  @Test
  void letsAnAggregateThatEndedStartOver() throws Exception {
    rig.send(report("e-1 open " + HOUR, 10, 0), report("e-2 end 0", 11, SECOND));

    assertThat(rig.send(report("e-1 open 0", 12, 2 * SECOND)))
        .contains("device.log k-1 1: open 0 at 2000 by announced [12/0]");
  }

  @Test
  void goesOnAfterARestoreAsIfNothingHadHappened() throws Exception {
    List<Sent> before =
        List.of(
            report("e-1 open " + 10 * SECOND, 10, 0),
            report("e-2 add 5", 11, SECOND),
            Sent.of("k-1", "request c-1 -1 add 1", 12, 2 * SECOND));
    List<Sent> after =
        List.of(
            report("e-2 add 5", 13, 3 * SECOND),
            Sent.of("k-1", "request c-1 -1 add 1", 14, 4 * SECOND),
            report("e-3 twice 1", 15, 25 * SECOND));
    for (Sent sent : before) {
      rig.send(sent);
    }
    OperatorSubtaskState kept = rig.snapshot();
    List<OutputRecord> uninterrupted = new ArrayList<>();
    int first = rig.outputs().size();
    for (Sent sent : after) {
      rig.send(sent);
    }
    rig.watermark(HOUR);
    uninterrupted.addAll(rig.outputs().subList(first, rig.outputs().size()));

    try (AggregateRig restored = new AggregateRig(kept)) {
      for (Sent sent : after) {
        restored.send(sent);
      }
      restored.watermark(HOUR);

      assertThat(AggregateRig.bytes(restored.outputs()))
          .isEqualTo(AggregateRig.bytes(uninterrupted))
          .hasSizeGreaterThan(4);
      assertThat(restored.entries()).isEqualTo(rig.entries());
    }
  }
}
