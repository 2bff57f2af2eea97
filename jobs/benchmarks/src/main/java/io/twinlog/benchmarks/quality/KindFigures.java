// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What a check found of one kind of wrongs.
 *
 * @param wrongs how many there were, without those that were not over at the end
 * @param found how many of them were flagged
 * @param within how many the check can see, by what its bounds say; -1: that cannot be said
 * @param foundWithin how many of these were flagged
 * @param delaySeconds of those found, from the first wrong reading to the first flag; sorted
 */
@JsonPropertyOrder({"kind", "recall", "delay_median_s", "delay_p95_s"})
public record KindFigures(
    @JsonProperty("kind") String kind,
    @JsonProperty("wrongs") int wrongs,
    @JsonProperty("found") int found,
    @JsonProperty("within_bounds") int within,
    @JsonProperty("found_within_bounds") int foundWithin,
    @JsonIgnore List<Double> delaySeconds) {
  private static final double HALF = 0.5;
  private static final double NEARLY_ALL = 0.95;

  public KindFigures {
    delaySeconds = delaySeconds.stream().sorted().toList();
  }

  /** Share of those found; NaN where there are none. */
  @JsonProperty("recall")
  public double recall() {
    return (double) found / wrongs;
  }

  @JsonProperty("delay_median_s")
  public double delayMedian() {
    return delay(HALF);
  }

  @JsonProperty("delay_p95_s")
  public double delayP95() {
    return delay(NEARLY_ALL);
  }

  /** The nearest rank; NaN where nothing was found. */
  private double delay(double share) {
    int rank = (int) Math.ceil(share * delaySeconds.size());
    return delaySeconds.isEmpty() ? Double.NaN : delaySeconds.get(Math.max(0, rank - 1));
  }
}
