// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.wire.LogClock;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/**
 * Notices wait for the watermark, and are applied in the order of the log, whatever they came in.
 */
class SecondStageOperatorTest {
  private static final int BUFFER_MAX = 5;
  private static final String KEY = "k";

  private KeyedOneInputStreamOperatorTestHarness<String, Notice, OutputRecord> harness;

  @BeforeEach
  void starts() throws Exception {
    start(null);
  }

  @AfterEach
  void ends() throws Exception {
    harness.close();
  }

  private void start(OperatorSubtaskState restored) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new SecondStageOperator<>(
                TestingTally::new,
                new SecondStageSettings("counter-tally", "inbox-id", BUFFER_MAX, "counter.buffer"),
                TestingTopics.ALL),
            notice -> KEY,
            Types.STRING,
            new TestingMetrics().environment(1, 0));
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
  }

  private void tell(String key, long version, long clock, String text) throws Exception {
    tell(key, version, clock + version, clock, text);
  }

  private void tell(String key, long version, long offset, long clock, String text)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    harness.processElement(
        new StreamRecord<>(
            new Notice(
                key,
                version,
                new InboxRecord.Place(1, offset),
                new LogClock(1, clock, Ticks.WALL + clock),
                7,
                bytes.toByteArray())));
  }

  private List<String> written() {
    return harness.extractOutputValues().stream()
        .map(output -> new String(output.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private long kept() {
    return harness
        .getOperator()
        .getKeyedStateBackend()
        .getKeys("gathered", VoidNamespace.INSTANCE)
        .count();
  }

  @Test
  void appliesByClockThenKey() throws Exception {
    tell("b", 1, 2_000, "4");
    tell("a", 1, 2_000, "2");
    tell("b", 9, 1_000, "1");
    tell("a", 2, 2_000, "3");
    assertThat(written()).as("nothing before the watermark").isEmpty();

    harness.processWatermark(1_999);
    assertThat(written()).containsExactly("1");

    harness.processWatermark(2_000);
    assertThat(written()).containsExactly("1", "12", "123", "1234");
  }

  /** One that ends and begins anew when what has waited is worked off has its versions anew. */
  @Test
  void keepsWhatComesOfOneInputInTheOrderInWhichItCame() throws Exception {
    tell("a", 1, 9, 2_000, "4");
    tell("a", 7, 8, 2_000, "1");
    tell("a", 8, 8, 2_000, "2");
    tell("a", 1, 8, 2_000, "3");

    harness.processWatermark(2_000);

    assertThat(written()).containsExactly("1", "12", "123", "1234");
  }

  @Test
  void appliesADeadlineBeforeWhatFollowsIt() throws Exception {
    tell("a", 1, 1_000, "1");
    tell("a", 2, 1_000 + TestingTally.ROUND, "2");
    tell("a", 3, 1_001 + TestingTally.ROUND, "3");

    harness.processWatermark(60_000);

    assertThat(written())
        .containsExactly("1", "12", "closed 12 at 11000", "3", "closed 3 at 21001");
  }

  @Test
  void originsCountUpFromTheLastNotice() throws Exception {
    tell("a", 1, 1_000, "1");

    harness.processWatermark(60_000);

    assertThat(harness.extractOutputValues())
        .extracting(output -> AggregateRig.header(output, "tl-origin"))
        .containsExactly("counter-tally/inbox-id/1/1001/0", "counter-tally/inbox-id/1/1001/1");
    assertThat(harness.extractOutputValues())
        .extracting(output -> AggregateRig.header(output, "tl-clock"))
        .containsExactly("1/1000/" + (Ticks.WALL + 1_000), "1/11000/" + (Ticks.WALL + 11_000));
  }

  @Test
  void goesOnFromASnapshotWithWhatWaited() throws Exception {
    tell("b", 1, 2_000, "2");
    tell("a", 1, 2_000, "1");
    harness.processWatermark(500);
    OperatorSubtaskState saved = harness.snapshot(1, 1);
    harness.close();
    start(saved);

    harness.processWatermark(2_000);

    assertThat(written()).containsExactly("1", "12");
  }

  @Test
  void stopsWhenMoreWaitsThanMay() throws Exception {
    for (int i = 0; i < BUFFER_MAX; i++) {
      tell("a", i, 1_000 + i, "x");
    }

    assertThatThrownBy(() -> tell("a", 9, 9_000, "x")).hasMessageContaining("raise counter.buffer");
  }

  @Test
  void countsWhatWaitsAfterARestore() throws Exception {
    for (int i = 0; i < BUFFER_MAX; i++) {
      tell("a", i, 1_000 + i, "x");
    }
    OperatorSubtaskState saved = harness.snapshot(1, 1);
    harness.close();
    start(saved);

    assertThatThrownBy(() -> tell("a", 9, 9_000, "x")).hasMessageContaining("counter-tally");
  }

  @Test
  void makesRoomAsTimePasses() throws Exception {
    for (int i = 0; i < 3 * BUFFER_MAX; i++) {
      tell("a", i, 1_000 + i, "x");
      harness.processWatermark(1_000 + i);
    }

    assertThat(written()).hasSize(3 * BUFFER_MAX);
  }

  @Test
  void refusesWhatComesTooLateToKeepItsOrder() throws Exception {
    harness.processWatermark(5_000);

    assertThatThrownBy(() -> tell("a", 1, 5_000, "late")).hasMessageContaining("order is lost");
  }

  @Test
  void theEndOfTheInputIsNoTime() throws Exception {
    tell("a", 1, 1_000, "1");

    harness.processWatermark(Long.MAX_VALUE);

    assertThat(written()).isEmpty();
  }

  @Test
  void leavesNothingOfAKeyThatEnded() throws Exception {
    tell("a", 1, 1_000, "1");
    tell("a", 2, 2_000, "end");

    harness.processWatermark(60_000);

    assertThat(written()).containsExactly("1", "1end");
    assertThat(kept()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }
}
