// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A job against identity over the same records, by medians: 1 would be as fast.
 *
 * @param byCpu what identity needs of CPU for an event, in parts of what the job needs
 * @param byEvents events per second of the job, in parts of identity's
 * @param goal the least that it has to be; of the device job with 100,000 devices, which fit its
 *     cache
 */
record Ratio(
    @JsonProperty("case") String name,
    @JsonProperty("to") String to,
    @JsonProperty("by_cpu") double byCpu,
    @JsonProperty("by_events_per_second") double byEvents,
    @JsonProperty("goal") double goal) {
  private static final double ROUTER_GOAL = 0.40;
  private static final double DEVICE_GOAL = 0.30;

  static Ratio of(BenchCase.Kind kind, CaseFigures job, CaseFigures identity) {
    return new Ratio(
        job.name(),
        identity.name(),
        identity.cpuSecondsPerMillion().median() / job.cpuSecondsPerMillion().median(),
        job.eventsPerSecond().median() / identity.eventsPerSecond().median(),
        kind == BenchCase.Kind.ROUTER ? ROUTER_GOAL : DEVICE_GOAL);
  }
}
