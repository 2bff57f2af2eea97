// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.HashMap;
import java.util.Map;
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
  private final Map<String, Counter> deadLetters = new HashMap<>();

  ShellMetrics(MetricGroup group) {
    this.group = group;
    this.applied = group.counter("twinlog_applied");
    this.duplicates = group.counter("twinlog_duplicates");
    this.refused = group.counter("twinlog_refused");
    this.deadlines = group.counter("twinlog_deadlines");
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

  void deadLetter(String reason) {
    deadLetters
        .computeIfAbsent(reason, r -> group.addGroup("reason", r).counter("twinlog_dead_letters"))
        .inc();
  }
}
