// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What the checks found in one trial.
 *
 * @param records of telemetry that were judged
 * @param clean those with which nothing was wrong, nor shortly before
 * @param unreadable messages that became dead letters
 * @param repeats messages that were dropped for their id
 * @param checks in the order of {@link Comparison#CHECKS}, then {@link Comparison#ANY}
 */
public record TrialFigures(
    @JsonUnwrapped Trial.Setting setting,
    @JsonProperty("records") long records,
    @JsonProperty("clean_records") long clean,
    @JsonProperty("dead_letters") long unreadable,
    @JsonProperty("repeats") long repeats,
    @JsonProperty("checks") List<CheckFigures> checks) {
  private static final double THOUSAND = 1_000;

  public TrialFigures {
    checks = List.copyOf(checks);
  }

  /** Of the check of that name. */
  public CheckFigures of(String check) {
    return checks.stream().filter(one -> one.check().equals(check)).findFirst().orElseThrow();
  }

  /** Flagged records of a thousand with which nothing is wrong. */
  public double falsePerThousand(String check) {
    return clean == 0 ? 0 : THOUSAND * of(check).falseRecords() / clean;
  }
}
