// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.rules.Condition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What conditions of telemetry are asked about, by the name of the variable (docs/rules.md). */
final class Conditions {
  private Conditions() {}

  /** A value as conditions see it: every number is a double. */
  static Object plain(Scalar value) {
    if (value instanceof Scalar.Text text) {
      return text.value();
    }
    if (value instanceof Scalar.Flag flag) {
      return flag.value();
    }
    return Numbers.of(value);
  }

  static Map<String, Object> data(Measurement measurement) {
    Map<String, Object> data = new HashMap<>();
    measurement.values().forEach(value -> data.put(value.metric(), plain(value.value())));
    return data;
  }

  /** Of a record that was judged. */
  static Map<String, Object> of(ScoredRecord record) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("score", record.score());
    facts.put(
        "flags",
        record.flags().stream()
            .flatMap(flag -> List.of(flag.path(), flag.check()).stream())
            .distinct()
            .toList());
    facts.put("data", data(record.measurement()));
    facts.put("model", record.model());
    facts.put("device_id", record.deviceId());
    return facts;
  }

  /** Why a condition cannot be decided; empty: it can, and {@code holds} was told. */
  static String undecided(Condition condition, Map<String, ?> facts, Runnable holds) {
    try {
      if (condition.holds(facts)) {
        holds.run();
      }
      return "";
    } catch (Condition.Undecided e) {
      return "cannot be decided: " + e.getMessage();
    }
  }
}
