// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What a check found in one trial.
 *
 * @param hits flags of a metric with which something was wrong at the time
 * @param aftermath flags of a metric with which something was wrong shortly before
 * @param falseFlags the others
 * @param falseRecords clean records with a flag
 * @param kinds by what was wrong
 */
@JsonPropertyOrder({"check", "precision", "precision_strict"})
public record CheckFigures(
    @JsonProperty("check") String check,
    @JsonProperty("hits") long hits,
    @JsonProperty("aftermath") long aftermath,
    @JsonProperty("false_flags") long falseFlags,
    @JsonProperty("false_records") long falseRecords,
    @JsonProperty("kinds") List<KindFigures> kinds) {
  public CheckFigures {
    kinds = List.copyOf(kinds);
  }

  /** Share of hits among hits and false flags; 1 where there are neither. */
  @JsonProperty("precision")
  public double precision() {
    long flags = hits + falseFlags;
    return flags == 0 ? 1 : (double) hits / flags;
  }

  /** The same of all flags: aftermath taken for false. */
  @JsonProperty("precision_strict")
  public double strictPrecision() {
    long flags = hits + aftermath + falseFlags;
    return flags == 0 ? 1 : (double) hits / flags;
  }

  public KindFigures of(Wrong.Kind kind) {
    return kinds.get(kind.ordinal());
  }
}
