// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.twinlog.domain.Moment;
import io.twinlog.flink.InboxRecord.Upstream;
import io.twinlog.flink.TestingCounter.Pulse;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.LogClock;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class HotTest {
  private static final Pulse PULSE = new Pulse(true, 10_000, 70_000, 1, 60_000);

  private final BinaryCodec<Pulse> vitals = new TestingCounter().vitals();
  private final DataOutputSerializer buffer = new DataOutputSerializer(16);

  private static Hot<Pulse> hot() {
    Hot<Pulse> hot = new Hot<>(3, PULSE);
    hot.place(new InboxRecord.Place(3, 1L << 40));
    hot.nextIndex = 4;
    hot.epoch = 2;
    hot.moment = new Moment(60_000, Ticks.WALL);
    hot.rules = 7;
    hot.home = "AAAAAAAAAAAAAAAAAAAAAQ/2";
    hot.sharedUntil = 86_400_000;
    hot.timer = 70_000;
    hot.resultsUntil = 90_000_000;
    hot.ids.add(-1, 50_000, 0);
    hot.ids.add(Long.MAX_VALUE, 60_000, 0);
    return hot;
  }

  private static void assertSame(Hot<Pulse> read, Hot<Pulse> written) {
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertSame(Hot.decode(hot().encode(vitals, buffer), 3, vitals), hot());
  }

  @Test
  void readsANewOneAsItWasWritten() throws IOException {
    Hot<Pulse> fresh = new Hot<>(3, PULSE);

    assertSame(Hot.decode(fresh.encode(vitals, buffer), 3, vitals), fresh);
  }

  @Test
  void leavesNothingOfALongerOneInTheBuffer() throws IOException {
    byte[] alone = new Hot<>(3, PULSE).encode(vitals, new DataOutputSerializer(16));

    hot().encode(vitals, buffer);

    assertThat(new Hot<>(3, PULSE).encode(vitals, buffer)).isEqualTo(alone);
  }

  @Test
  void readsWhatTheFirstReleaseWrote() throws IOException {
    assertSame(Hot.decode(Golden.bytes("0.1.0", "Hot"), 3, vitals), hot());
  }

  @Test
  void readsWhatWasWrittenBeforeOtherJobsWereMarked() throws IOException {
    Hot<Pulse> unmarked = waiting();
    unmarked.upstream = UpstreamMarks.NONE;

    assertSame(Hot.decode(Golden.bytes("0.3.0", "Hot"), 3, vitals), unmarked);
  }

  @Test
  void readsAndWritesWhatThisReleaseWrites() throws IOException {
    assertSame(Hot.decode(Golden.bytes("0.5.0", "Hot"), 3, vitals), waiting());
    assertThat(waiting().encode(vitals, buffer)).isEqualTo(Golden.bytes("0.5.0", "Hot"));
  }

  private static Hot<Pulse> waiting() {
    Hot<Pulse> hot = hot();
    hot.upstream =
        new UpstreamMarks(
            List.of(
                new UpstreamMarks.Mark("device/t/1", new Upstream(77, 2)),
                new UpstreamMarks.Mark("service/u/0", new Upstream(5_000_000_000L, 0))));
    hot.waiting = new Hot.Waiting(3, 2, 66_000);
    return hot;
  }

  @Test
  void copiesAllOfIt() {
    Hot<Pulse> copy = new Hot<>(0, null);
    copy.set(waiting());

    assertSame(copy, waiting());
  }

  @Test
  void keepsWhenSecondStagesHeardOfARedriveUntilTheKeyHasBeenThroughLaterThings()
      throws IOException {
    Hot<Pulse> hot = waiting();
    hot.released = new LogClock(4, hot.moment.clock() + 1, 77);
    Hot<Pulse> read = Hot.decode(hot.encode(vitals, buffer), 3, vitals);

    assertThat(read.latest(LogClock.UNKNOWN)).isEqualTo(hot.released);
    hot.released = new LogClock(4, hot.moment.clock(), 77);
    assertThat(Hot.decode(hot.encode(vitals, buffer), 3, vitals).released).isNull();
  }

  @Test
  void refusesALayoutOfALaterRelease() throws IOException {
    byte[] bytes = hot().encode(vitals, buffer);
    bytes[0] = 4;

    assertThatIOException()
        .isThrownBy(() -> Hot.decode(bytes, 3, vitals))
        .withMessageContaining("layout 4");
  }
}
