// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Severity;
import java.util.List;

/** What is told of a device's telemetry, in the order in which it is to be written. */
public sealed interface TelemetryFact {
  /**
   * A record was accepted, or got its result.
   *
   * @param packed the same, as it is kept
   */
  record Accepted(ScoredRecord record, byte[] packed) implements TelemetryFact {}

  /** A record was not: a hard violation, or too low a score. */
  record Rejected(ScoredRecord record) implements TelemetryFact {}

  /**
   * A window has come to this.
   *
   * @param last whether nothing will change it any more
   */
  record WindowTold(
      String metric, WindowSize size, long start, int revision, boolean last, Statistics statistics)
      implements TelemetryFact {}

  /** The newest values have changed, or are to be written again. */
  record LatestTold() implements TelemetryFact {}

  /** The device is forgotten: its newest values go. */
  record Forgotten() implements TelemetryFact {}

  /**
   * An anomaly, by rule.
   *
   * @param name of the rule
   * @param checks that were violated, as {@link Flag#path}
   * @param held anomalies of the rule that were not told since the last one that was
   */
  record AnomalyFound(
      String name,
      Severity severity,
      String message,
      ScoredRecord record,
      List<String> checks,
      int held)
      implements TelemetryFact {
    public AnomalyFound {
      checks = List.copyOf(checks);
    }
  }

  /** A result demands something, by rule. */
  record Triggered(String name, QualityRules.Action action, ScoredRecord record)
      implements TelemetryFact {}
}
