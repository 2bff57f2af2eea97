// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Ledger;
import io.twinlog.wire.SingleObject;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerOperatorTest {
  private static final String INBOX = "events.domain";
  private static final long W = LedgerTally.WINDOW;

  private KeyedOneInputStreamOperatorTestHarness<String, LedgerTally, OutputRecord> harness;
  private int taken;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState restored) throws Exception {
    taken = 0;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LedgerOperator("device", TestingTopics.ALL),
            tally -> tally.key("device"),
            Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void reads(long window, long readTo, long records) throws Exception {
    long[] counts = new long[LedgerColumn.COUNT];
    counts[LedgerColumn.READ.ordinal()] = records;
    tally(window, readTo, counts);
  }

  private void applies(long window, long records) throws Exception {
    long[] counts = new long[LedgerColumn.COUNT];
    counts[LedgerColumn.APPLIED.ordinal()] = records;
    tally(window, 0, counts);
  }

  private void tally(long window, long readTo, long[] counts) throws Exception {
    harness.processElement(new StreamRecord<>(new LedgerTally(INBOX, 1, window, readTo, counts)));
  }

  /** What is written at a barrier: {@code window: read residue standing complete}. */
  private List<String> barrier() throws Exception {
    harness.getOneInputOperator().prepareSnapshotPreBarrier(1);
    List<OutputRecord> all = harness.extractOutputValues();
    List<String> lines = new ArrayList<>();
    for (OutputRecord output : all.subList(taken, all.size())) {
      String key = new String(output.key(), java.nio.charset.StandardCharsets.UTF_8);
      lines.add(output.value() == null ? key + " -" : line(key, output));
    }
    taken = all.size();
    return lines;
  }

  private static String line(String key, OutputRecord output) {
    Ledger ledger = new SingleObject().decode(output.value(), Ledger.class);
    return "%s %d %d %d %s"
        .formatted(
            key,
            ledger.getRead(),
            ledger.getResidue(),
            ledger.getStanding(),
            ledger.getComplete() ? "complete" : "open");
  }

  private long windowsKept() {
    return harness
        .getOperator()
        .getKeyedStateBackend()
        .getKeys("sums", VoidNamespace.INSTANCE)
        .count();
  }

  @Test
  void writesTheSumsOfAWindowAtABarrier() throws Exception {
    reads(0, 100, 90);
    applies(0, 80);
    applies(0, 10);

    assertThat(barrier()).containsExactly("device/" + INBOX + "/1/0 90 0 0 open");
  }

  @Test
  void writesNothingOfAWindowThatHasNotMoved() throws Exception {
    reads(0, 100, 90);
    applies(0, 90);
    barrier();

    assertThat(barrier()).isEmpty();
  }

  @Test
  void forgetsAWindowThatIsCompleteAndSettled() throws Exception {
    reads(0, W, 90);
    applies(0, 90);

    assertThat(barrier()).containsExactly("device/" + INBOX + "/1/0 90 0 0 complete");
    assertThat(windowsKept()).isZero();
    reads(0, W, 0);
    assertThat(barrier()).isEmpty();
  }

  @Test
  void saysForHowLongAResidueStands() throws Exception {
    reads(0, W, 90);
    applies(0, 89);

    assertThat(barrier()).singleElement().asString().endsWith("90 1 0 complete");
    assertThat(barrier()).singleElement().asString().endsWith("90 1 1 complete");
    applies(0, 1);
    assertThat(barrier()).singleElement().asString().endsWith("90 0 0 complete");
    assertThat(windowsKept()).isZero();
  }

  @Test
  void seesAResidueThatStandsInAWindowThatMovesOn() throws Exception {
    reads(0, 100, 90);
    applies(0, 89);
    barrier();
    reads(0, 200, 90);
    applies(0, 90);

    assertThat(barrier()).singleElement().asString().endsWith("180 1 1 open");
  }

  @Test
  void goesOnAfterARestore() throws Exception {
    reads(0, W, 90);
    applies(0, 89);
    barrier();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    open(state);

    assertThat(barrier()).singleElement().asString().endsWith("90 1 1 complete");
  }

  @Test
  void takesWindowsOutOfTheTopicThatAreLongPast() throws Exception {
    reads(LedgerOperator.WINDOWS_KEPT + 2, (LedgerOperator.WINDOWS_KEPT + 3) * W, 1);
    applies(LedgerOperator.WINDOWS_KEPT + 2, 1);

    assertThat(barrier()).contains("device/" + INBOX + "/1/" + 2 * W + " -");
  }
}
