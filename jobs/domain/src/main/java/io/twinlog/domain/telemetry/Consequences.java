// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import io.twinlog.domain.telemetry.TelemetryCommand.Processed;
import io.twinlog.domain.telemetry.TelemetryFact.AnomalyFound;
import io.twinlog.domain.telemetry.TelemetryVitals.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What follows from a record by rule: anomalies that are told, triggers that fire. A condition that
 * cannot be decided does not hold; the record says so in a flag.
 */
final class Consequences {
  private final QualityRules rules;

  Consequences(QualityRules rules) {
    this.rules = rules;
  }

  /**
   * Anomalies of a record.
   *
   * @param record with flags for those that cannot be decided
   * @param told what was told of late, these included
   */
  record Anomalies(ScoredRecord record, List<TelemetryFact> facts, List<Told> told) {}

  /** Triggers that a result fires, and flags for those that cannot be decided. */
  record Triggers(List<Trigger> fired, List<Flag> flags) {}

  Anomalies anomalies(ScoredRecord record, List<Told> before, Moment now) {
    if (rules.anomalies().isEmpty()) {
      return new Anomalies(record, List.of(), before.isEmpty() ? before : List.of());
    }
    Map<String, Object> facts = Conditions.of(record);
    List<Flag> undecided = new ArrayList<>(0);
    List<Anomaly> found = new ArrayList<>(0);
    for (Anomaly anomaly : rules.anomalies()) {
      if (!anomaly.checks().isEmpty() && !record.hasAny(anomaly.checks())) {
        continue;
      }
      if (anomaly.when() == null) {
        found.add(anomaly);
      } else {
        String why = Conditions.undecided(anomaly.when(), facts, () -> found.add(anomaly));
        if (!why.isEmpty()) {
          undecided.add(Flag.soft("", "anomaly/" + anomaly.name(), why));
        }
      }
    }
    return told(undecided.isEmpty() ? record : record.flagged(undecided), found, before, now);
  }

  /** Of each rule one at most in an interval is told, and says how many were held. */
  private Anomalies told(ScoredRecord record, List<Anomaly> found, List<Told> before, Moment now) {
    if (found.isEmpty() && before.isEmpty()) {
      return new Anomalies(record, List.of(), before);
    }
    List<Told> after = new ArrayList<>(before.size() + found.size());
    for (Told told : before) {
      if (isRule(told.name()) && (isHeld(told, now) || told.held() > 0)) {
        after.add(told);
      }
    }
    List<TelemetryFact> facts = new ArrayList<>();
    for (Anomaly anomaly : found) {
      int at = indexOf(after, anomaly.name());
      Told last = at < 0 ? null : after.get(at);
      if (last != null && isHeld(last, now)) {
        after.set(at, new Told(last.name(), last.clock(), last.held() + 1));
        continue;
      }
      List<String> checks = record.flags().stream().map(Flag::path).toList();
      facts.add(
          new AnomalyFound(
              anomaly.name(),
              anomaly.severity(),
              anomaly.message(),
              record,
              checks,
              last == null ? 0 : last.held()));
      Told latest = new Told(anomaly.name(), now.clock(), 0);
      if (at < 0) {
        after.add(latest);
      } else {
        after.set(at, latest);
      }
    }
    return new Anomalies(record, facts, after);
  }

  /** One that is no rule any more would stay for ever. */
  private boolean isRule(String name) {
    for (Anomaly anomaly : rules.anomalies()) {
      if (anomaly.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is too early to tell of the rule again. */
  private static boolean isHeld(Told told, Moment now) {
    return now.clock() - told.clock() < QualityRules.ANOMALY_INTERVAL;
  }

  private static int indexOf(List<Told> told, String name) {
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  Triggers triggers(ScoredRecord record, Processed processed) {
    List<Trigger> fired = new ArrayList<>(0);
    List<Flag> undecided = new ArrayList<>(0);
    Map<String, Object> facts = Conditions.of(record);
    facts.remove("flags");
    facts.put("result", processed.result().value());
    for (Trigger trigger : rules.triggers()) {
      String why = Conditions.undecided(trigger.when(), facts, () -> fired.add(trigger));
      if (!why.isEmpty()) {
        undecided.add(Flag.soft("", "trigger/" + trigger.name(), why));
      }
    }
    return new Triggers(fired, undecided);
  }
}
