// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A measurement that was judged.
 *
 * @param dataId {@code device id/event id}
 * @param model empty: the device was never seen registered
 * @param score in [0, 1]
 * @param revision 1, then one more with each result
 * @param result JSON; empty: none yet
 * @param processedAt epoch ms; 0: not yet
 */
public record ScoredRecord(
    String dataId,
    String deviceId,
    String model,
    Measurement measurement,
    double score,
    List<Flag> flags,
    int revision,
    String result,
    long processedAt) {
  public ScoredRecord {
    flags = List.copyOf(flags);
  }

  /** The same with a result. */
  ScoredRecord processed(String result, long processedAt) {
    return new ScoredRecord(
        dataId, deviceId, model, measurement, score, flags, revision + 1, result, processedAt);
  }

  /** The same with more flags; one that is there already stays alone. */
  ScoredRecord flagged(List<Flag> more) {
    Set<Flag> all = new LinkedHashSet<>(flags);
    all.addAll(more);
    return new ScoredRecord(
        dataId,
        deviceId,
        model,
        measurement,
        score,
        List.copyOf(all),
        revision,
        result,
        processedAt);
  }

  /** Whether one of the checks, as {@link Flag#path} or by name, was violated. */
  boolean hasAny(List<String> checks) {
    return flags.stream()
        .anyMatch(flag -> checks.contains(flag.path()) || checks.contains(flag.check()));
  }
}
