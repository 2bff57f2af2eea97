// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.ReaderRig.routed;
import static io.twinlog.flink.ReaderRig.told;
import static io.twinlog.flink.Ticks.mark;
import static io.twinlog.flink.Ticks.tick;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.ReaderRig.Reader;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxReaderTest {
  private final ReaderRig rig = new ReaderRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void stampsARecordWithItsPlaceItsTimeAndTheFrontier() throws Exception {
    Reader reader = rig.reader();

    List<InboxRecord> read =
        reader.read(Ticks.record(2, 0, tick(1, mark(0, 400))), routed(2, 0, 7));

    assertThat(read).hasSize(1);
    InboxRecord record = read.get(0);
    assertThat(record.key()).isEqualTo("d-1");
    assertThat(record.value()).isEqualTo("value".getBytes(UTF_8));
    assertThat(record.type()).isEqualTo("device.online");
    assertThat(record.place()).isEqualTo(new InboxRecord.Place(2, 1_007));
    assertThat(record.source()).isEqualTo("t/0");
    assertThat(record.clock()).isEqualTo(new LogClock(1, 500, Ticks.WALL + 500));
    assertThat(record.rules()).isEqualTo(3);
    assertThat(record.flags()).isEqualTo("clock_skew");
    assertThat(record.traceparent()).isEqualTo("00-a-b-01");
    assertThat(record.frontier()).isEqualTo(500);
    assertThat(record.redrive()).isEmpty();
    assertThat(record.fault()).isEmpty();
  }

  @Test
  void handsOnWhichAttemptARedrivenRecordIs() throws Exception {
    SourceRecord first = routed(0, 0, 7);
    List<Header> headers = new ArrayList<>(first.headers());
    headers.add(Header.of("tl-redrive", "2/5/3/0/17"));

    List<InboxRecord> read =
        rig.reader()
            .read(
                new SourceRecord(
                    first.topic(),
                    first.partition(),
                    first.offset(),
                    first.key(),
                    first.value(),
                    headers));

    assertThat(read).extracting(InboxRecord::redrive).containsExactly("2/5/3/0/17");
  }

  @Test
  void takesTicksOut() throws Exception {
    assertThat(rig.reader().read(Ticks.record(0, 0, tick(1, mark(0, 1_000))))).isEmpty();
  }

  @Test
  void knowsNoFrontierUntilAllListedPartitionsAreSeen() throws Exception {
    Reader reader = rig.reader();

    assertThat(reader.read(routed(0, 0, 1)))
        .extracting(InboxRecord::frontier)
        .containsExactly(Frontier.NONE);
    assertThat(reader.read(Ticks.record(0, 1, tick(2, mark(0, 600))), routed(0, 0, 2)))
        .extracting(InboxRecord::frontier)
        .containsExactly(Frontier.NONE);
    assertThat(reader.read(Ticks.record(0, 2, tick(2, mark(1, 550))), routed(0, 0, 3)))
        .extracting(InboxRecord::frontier)
        .containsExactly(550L);
  }

  @Test
  void dropsAndCountsWhatARouterWroteAgain() throws Exception {
    Reader reader = rig.reader();
    reader.read(routed(0, 0, 5), routed(0, 0, 6), routed(0, 0, 7));

    List<InboxRecord> again = reader.read(routed(0, 0, 6), routed(0, 0, 7), routed(0, 0, 8));

    assertThat(again).extracting(record -> record.place().offset()).containsExactly(1_008L);
    assertThat(rig.metrics.count("twinlog_repeats_dropped")).isEqualTo(2);
  }

  @Test
  void tellsTheOutputsOfOneSourceRecordApartByTheirIndex() throws Exception {
    LogClock clock = new LogClock(1, 500, Ticks.WALL);
    Reader reader = rig.reader();

    assertThat(reader.read(routed(0, 0, 5, 0, clock), routed(0, 0, 5, 1, clock))).hasSize(2);
    assertThat(reader.read(routed(0, 0, 5, 0, clock), routed(0, 0, 5, 1, clock))).isEmpty();
  }

  @Test
  void takesLowerOffsetsOfALaterEpochForNew() throws Exception {
    Reader reader = rig.reader();
    reader.read(routed(0, 0, 500, 0, new LogClock(1, 500, Ticks.WALL)));

    assertThat(reader.read(routed(0, 0, 3, 0, new LogClock(2, 600, Ticks.WALL)))).hasSize(1);
    assertThat(reader.read(routed(0, 0, 501, 0, new LogClock(1, 500, Ticks.WALL)))).isEmpty();
  }

  @Test
  void keepsInboxPartitionsAndSourcePartitionsApart() throws Exception {
    Reader reader = rig.reader();
    reader.read(routed(0, 0, 5));

    assertThat(reader.read(routed(1, 0, 5), routed(0, 1, 5), routed(1, 1, 4))).hasSize(3);
    assertThat(reader.read(routed(1, 0, 5), routed(0, 1, 5), routed(1, 1, 4))).isEmpty();
  }

  @Test
  void keepsTheFrontiersOfInboxPartitionsApart() throws Exception {
    Reader reader = rig.reader();

    reader.read(Ticks.record(0, 0, tick(1, mark(0, 900))));
    List<InboxRecord> read = reader.read(routed(0, 0, 1), routed(1, 0, 1));

    assertThat(read).extracting(InboxRecord::frontier).containsExactly(900L, Frontier.NONE);
  }

  @Test
  void goesOnFromItsStateWhereItStood() throws Exception {
    Reader first = rig.reader();
    first.read(Ticks.record(0, 0, tick(2, mark(0, 600), mark(1, 550))), routed(0, 0, 5));

    Reader second = rig.reader(1, 0, first.snapshot(), 1);
    List<InboxRecord> read = second.read(routed(0, 0, 5), routed(0, 0, 6));

    assertThat(read).extracting(record -> record.place().offset()).containsExactly(1_006L);
    assertThat(read).extracting(InboxRecord::frontier).containsExactly(550L);
  }

  @Test
  void knowsEveryPartitionAfterARescaleWhoeverReadIt() throws Exception {
    Reader one = rig.reader();
    one.read(
        Ticks.record(0, 0, tick(1, mark(0, 400))),
        Ticks.record(1, 0, tick(1, mark(0, 410))),
        routed(0, 0, 5),
        routed(1, 0, 50));

    // To two subtasks: each may be given either inbox partition.
    OperatorSubtaskState kept = one.snapshot();
    Reader left = rig.reader(2, 0, kept, 1);
    Reader right = rig.reader(2, 1, kept, 1);
    assertThat(left.read(routed(0, 0, 5))).isEmpty();
    assertThat(right.read(routed(1, 0, 50))).isEmpty();
    assertThat(left.read(routed(0, 0, 6), routed(0, 0, 7))).hasSize(2);
    assertThat(right.read(Ticks.record(1, 9, tick(1, mark(0, 700))), routed(1, 0, 51)))
        .extracting(InboxRecord::frontier)
        .containsExactly(700L);

    // And back to one: each brings a stale copy of what the other read.
    OperatorSubtaskState merged =
        AbstractStreamOperatorTestHarness.repackageState(left.snapshot(), right.snapshot());
    Reader again = rig.reader(1, 0, merged, 2);
    assertThat(again.read(routed(0, 0, 7), routed(1, 0, 51), routed(0, 0, 6))).isEmpty();
    assertThat(again.read(routed(0, 0, 8), routed(1, 0, 52)))
        .extracting(InboxRecord::frontier)
        .containsExactly(500L, 700L);
  }

  @Test
  void doesNotForgetAnAddedPartitionForAStaleCopy() throws Exception {
    Reader one = rig.reader();
    one.read(Ticks.record(0, 0, tick(1, mark(0, 400))));
    OperatorSubtaskState kept = one.snapshot();
    Reader owner = rig.reader(2, 0, kept, 1);
    Reader other = rig.reader(2, 1, kept, 1);
    owner.read(Ticks.record(0, 1, tick(2, mark(0, 500))));

    Reader again =
        rig.reader(
            1,
            0,
            AbstractStreamOperatorTestHarness.repackageState(owner.snapshot(), other.snapshot()),
            2);

    // Else it would be 500: the added one has joined where the frontier was, and not moved since.
    assertThat(again.read(routed(0, 0, 1))).extracting(InboxRecord::frontier).containsExactly(400L);
  }

  @Test
  void givesRecordsOfASharedInboxTheFrontierWhoeverWroteThem() throws Exception {
    Reader reader = rig.sharedReader();
    reader.read(Ticks.record(0, 0, tick(2, mark(0, 400), mark(1, 300))));

    List<InboxRecord> read = reader.read(routed(0, 0, 7), told(0, "device", 9, 1));

    assertThat(read)
        .extracting(InboxRecord::clock)
        .containsOnly(new LogClock(1, 300, Ticks.WALL + 300));
    assertThat(read).extracting(InboxRecord::source).containsExactly("t/0", "device/inbox/1");
    assertThat(read)
        .extracting(InboxRecord::upstream)
        .containsExactly(null, new InboxRecord.Upstream(9, 1));
  }

  @Test
  void takesTheTimeOfItsWriterWhereNoFrontierIsKnown() throws Exception {
    assertThat(rig.sharedReader().read(told(0, "device", 9, 1)))
        .extracting(record -> record.clock().clock())
        .containsExactly(500L);
  }

  @Test
  void keepsTheWallOfTheFrontierOverARestart() throws Exception {
    Reader first = rig.sharedReader();
    first.read(Ticks.record(0, 0, tick(2, mark(0, 400), mark(1, 300))));

    Reader second = rig.sharedReader(first.snapshot());

    assertThat(second.read(told(0, "device", 9, 1)))
        .extracting(InboxRecord::clock)
        .containsExactly(new LogClock(1, 300, Ticks.WALL + 300));
  }

  @Test
  void leavesItToTheKeysToKnowWhatAnotherJobWroteBefore() throws Exception {
    assertThat(rig.sharedReader().read(told(0, "device", 9, 1), told(0, "device", 8, 0)))
        .hasSize(2);
  }

  @Test
  void goesByTheVersionWhereOriginsAreInNoOrder() throws Exception {
    SourceRecord told = told(0, "device-fleet", 9, 1);
    List<Header> headers = new ArrayList<>(told.headers());
    headers.add(Header.of(HeaderNames.VERSION, "17"));
    SourceRecord versioned =
        new SourceRecord(
            told.topic(), told.partition(), told.offset(), told.key(), told.value(), headers);

    InboxRecord read = rig.sharedReader().read(versioned).get(0);

    assertThat(read.source()).isEqualTo("device-fleet");
    assertThat(read.upstream()).isEqualTo(new InboxRecord.Upstream(17, 0));
  }

  @Test
  void takesNothingOfAnotherJobWhereTheRouterAloneWrites() throws Exception {
    assertThat(rig.reader().read(told(0, "device", 9, 1)))
        .extracting(InboxRecord::fault)
        .containsExactly(
            "an inbox takes records of the router only: tl-origin says that another job wrote it");
  }

  @Test
  void putsWhatHasNoTimeYetNoEarlierThanTheFrontier() throws Exception {
    Reader reader = rig.reader();
    reader.read(Ticks.record(0, 0, tick(1, mark(0, 400))));

    // Of a source partition that was added, and has no tick yet.
    assertThat(reader.read(routed(0, 1, 5, 0, LogClock.UNKNOWN)))
        .extracting(record -> record.clock().clock())
        .containsExactly(400L);
  }
}
