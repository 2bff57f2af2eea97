// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.AggregateRig.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.AggregateRig.Sent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The cache changes no output; it only decides when RocksDB is written to. */
class KeyCacheTest {
  private static final int KEYS = 40;

  /** Room for a few keys. */
  private static final CacheSettings SMALL = new CacheSettings(8_000, 1_000, 1_000, 0, 1);

  private static List<Sent> inputs(int from, int rounds) {
    List<Sent> inputs = new ArrayList<>();
    for (int round = from; round < from + rounds; round++) {
      for (int key = 0; key < KEYS; key++) {
        String what = round == 0 ? "open " + HOUR : round % 3 == 0 ? "add 1" : "touch 0";
        long offset = (long) round * KEYS + key;
        inputs.add(Sent.of("k-" + key, "report e-" + round + " " + what, offset, round * 1_000L));
      }
    }
    return inputs;
  }

  private static List<String> run(CacheSettings cache, boolean restored) throws Exception {
    List<String> lines = new ArrayList<>();
    OperatorSubtaskState state;
    try (AggregateRig rig = new AggregateRig(null, cache)) {
      lines.addAll(rig.send(inputs(0, 5).toArray(Sent[]::new)));
      if (!restored) {
        lines.addAll(rig.send(inputs(5, 5).toArray(Sent[]::new)));
        lines.addAll(rig.watermark(3 * HOUR));
        return lines;
      }
      state = rig.snapshot();
    }
    try (AggregateRig rig = new AggregateRig(state, cache)) {
      lines.addAll(rig.send(inputs(5, 5).toArray(Sent[]::new)));
      lines.addAll(rig.watermark(3 * HOUR));
    }
    return lines;
  }

  @Test
  void changesNoOutput() throws Exception {
    List<String> without = run(CacheSettings.OFF, false);

    assertThat(run(AggregateRig.CACHE, false)).containsExactlyInAnyOrderElementsOf(without);
    assertThat(run(SMALL, false)).containsExactlyInAnyOrderElementsOf(without);
    assertThat(run(AggregateRig.CACHE, true)).containsExactlyInAnyOrderElementsOf(without);
    assertThat(run(SMALL, true)).containsExactlyInAnyOrderElementsOf(without);
  }

  @Test
  void writesWhatChangedOnceBeforeABarrier() throws Exception {
    try (AggregateRig rig =
        new AggregateRig(null, new CacheSettings(1 << 20, 1_000, 1_000, 0, 1))) {
      rig.send(inputs(0, 6).toArray(Sent[]::new));
      assertThat(rig.metrics.count("twinlog_state_writes")).isZero();

      rig.flush();
      assertThat(rig.metrics.count("twinlog_state_writes")).isEqualTo(2 * KEYS);

      rig.flush();
      assertThat(rig.metrics.count("twinlog_state_writes")).isEqualTo(2 * KEYS);
    }
  }

  @Test
  void holdsNoMoreBytesThanItMay() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, SMALL)) {
      rig.send(inputs(0, 2).toArray(Sent[]::new));
      long readsBefore = rig.metrics.count("twinlog_state_reads");

      // Who spoke last is still there, who spoke first was pushed out.
      rig.send(Sent.of("k-" + (KEYS - 1), "report x touch 0", 1_000, 3_000));
      assertThat(rig.metrics.count("twinlog_state_reads")).isEqualTo(readsBefore);
      rig.send(Sent.of("k-0", "report x touch 0", 1_001, 3_000));
      assertThat(rig.metrics.count("twinlog_state_reads")).isGreaterThan(readsBefore);
    }
  }

  @Test
  void writesBackWhenTheBarrierIsNearAndNotBefore() throws Exception {
    try (AggregateRig rig =
        new AggregateRig(null, new CacheSettings(1 << 20, 1_000, 10, 10_000, 1))) {
      rig.millis(1_000);
      rig.send(inputs(0, 4).toArray(Sent[]::new));
      assertThat(rig.metrics.count("twinlog_state_writes")).isZero();

      rig.millis(9_990);
      rig.send(inputs(4, 3).toArray(Sent[]::new));
      long before = rig.metrics.count("twinlog_state_writes");
      rig.flush();

      // Each key has two values at most that changed.
      assertThat(rig.metrics.count("twinlog_state_writes") - before).isLessThanOrEqualTo(22);
    }
  }

  @Test
  void givesAKeyThatWasUsedASecondChance() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, SMALL)) {
      rig.send(inputs(0, 1).toArray(Sent[]::new));
      for (int i = 1; i < KEYS; i++) {
        rig.send(Sent.of("k-0", "report often-" + i + " touch 0", 1_000 + 2L * i, 3_000));
        rig.send(Sent.of("k-" + i, "report x touch 0", 1_001 + 2L * i, 3_000));
      }
      long readsBefore = rig.metrics.count("twinlog_state_reads");

      rig.send(Sent.of("k-0", "report y touch 0", 2_000, 3_000));

      assertThat(rig.metrics.count("twinlog_state_reads")).isEqualTo(readsBefore);
    }
  }

  @Test
  void holdsNothingAfterItsEnd() throws Exception {
    AggregateRig rig = new AggregateRig(null, AggregateRig.CACHE);
    rig.send(inputs(0, 1).toArray(Sent[]::new));
    assertThat(rig.metrics.gauge("twinlog_cache_keys")).isEqualTo(KEYS);

    rig.close();

    // Flink may hold on to the operator, and to its metrics, until long after the next attempt
    // began.
    assertThat(rig.metrics.gauge("twinlog_cache_keys")).isEqualTo(0);
  }

  @Test
  void neverHoldsMoreDirtyKeysThanItMay() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, new CacheSettings(1 << 20, 5, 5, 0, 1))) {
      rig.send(inputs(0, 1).toArray(Sent[]::new));

      assertThat(rig.metrics.count("twinlog_state_writes")).isGreaterThanOrEqualTo(2 * (KEYS - 6));
    }
  }

  @Test
  void keepsNothingOfAKeyThatWasPushedOut() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, SMALL)) {
      rig.send(inputs(0, 2).toArray(Sent[]::new));

      int keys = (int) rig.metrics.gauge("twinlog_cache_keys");
      assertThat(keys).isBetween(1, KEYS / 2);
      assertThat((int) rig.metrics.gauge("twinlog_cache_dirty")).isLessThanOrEqualTo(keys);
    }
  }
}
