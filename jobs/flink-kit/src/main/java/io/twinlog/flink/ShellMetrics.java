// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What a stateful job counts. Names: docs/reference/metrics.md. No label ever holds a device id.
 */
final class ShellMetrics {
  private final MetricGroup group;
  private final Counter applied;
  private final Counter duplicates;
  private final Counter refused;
  private final Counter deadlines;
  private final Counter failed;
  private final Counter reads;
  private final Counter writes;
  private final Map<String, Counter> deadLetters = new HashMap<>();

  ShellMetrics(MetricGroup group) {
    this.group = group;
    this.applied = group.counter("twinlog_applied");
    this.duplicates = group.counter("twinlog_duplicates");
    this.refused = group.counter("twinlog_refused");
    this.deadlines = group.counter("twinlog_deadlines");
    this.failed = group.counter("twinlog_failed");
    this.reads = group.counter("twinlog_state_reads");
    this.writes = group.counter("twinlog_state_writes");
  }

  void applied() {
    applied.inc();
  }

  void duplicate() {
    duplicates.inc();
  }

  void refused() {
    refused.inc();
  }

  void deadline() {
    deadlines.inc();
  }

  /** A rule threw: each is a defect that somebody must look at. */
  void failed() {
    failed.inc();
  }

  /** A value was asked of RocksDB. */
  void stateRead() {
    reads.inc();
  }

  /** A value was written to RocksDB, or cleared there. */
  void stateWrite() {
    writes.inc();
  }

  /** Figures that are read when they are looked at. */
  void gauges(Supplier<Integer> parkedKeys, KeyCache<?, ?> cache, Supplier<Long> pauseMillis) {
    group.gauge("twinlog_parked_keys", parkedKeys::get);
    group.gauge("twinlog_cache_keys", cache::size);
    group.gauge("twinlog_cache_bytes", cache::bytes);
    group.gauge("twinlog_cache_dirty", cache::dirty);
    group.gauge("twinlog_cache_barrier_pause_ms", pauseMillis::get);
  }

  void deadLetter(String reason) {
    deadLetters
        .computeIfAbsent(reason, r -> group.addGroup("reason", r).counter("twinlog_dead_letters"))
        .inc();
  }
}
