// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A job against identity over the same records, by medians: 1 would be as fast.
 *
 * @param byCpu what identity needs of CPU for an event, in parts of what the job needs
 * @param byEvents events per second of the job, in parts of identity's
 * @param goal the least that it has to be; of the jobs that know a fleet with 100,000 members. 0:
 *     there is none, as of a peer
 */
record Ratio(
    @JsonProperty("case") String name,
    @JsonProperty("to") String to,
    @JsonProperty("by_cpu") double byCpu,
    @JsonProperty("by_events_per_second") double byEvents,
    @JsonProperty("goal") @JsonInclude(JsonInclude.Include.NON_DEFAULT) double goal) {
  private static final double ROUTER_GOAL = 0.40;
  private static final double DEVICE_GOAL = 0.30;
  private static final double TELEMETRY_GOAL = 0.12;
  private static final double SERVICE_GOAL = 0.12;
  private static final double ESCALATION_GOAL = 0.12;

  static Ratio of(BenchCase.Kind kind, CaseFigures job, CaseFigures identity) {
    return new Ratio(
        job.name(),
        identity.name(),
        identity.cpuSecondsPerMillion().median() / job.cpuSecondsPerMillion().median(),
        job.eventsPerSecond().median() / identity.eventsPerSecond().median(),
        goal(kind));
  }

  private static double goal(BenchCase.Kind kind) {
    return switch (kind) {
      case ROUTER -> ROUTER_GOAL;
      case DEVICE -> DEVICE_GOAL;
      case TELEMETRY -> TELEMETRY_GOAL;
      case SERVICE -> SERVICE_GOAL;
      case ESCALATION -> ESCALATION_GOAL;
      case IDENTITY_JSON, IDENTITY_AVRO, IDENTITY_SERVICES, IDENTITY_ERRORS, WINDOWS -> 0;
    };
  }
}
