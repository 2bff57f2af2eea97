// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** All runs of one job, and what they come to. */
record CaseFigures(
    @JsonProperty("case") String name,
    @JsonProperty("devices") int devices,
    @JsonProperty("events_per_second") Spread eventsPerSecond,
    @JsonProperty("cpu_seconds_per_million") Spread cpuSecondsPerMillion,
    @JsonProperty("runs") List<Run> runs) {

  /** The same of threads of one kind. */
  Spread cpuSecondsPerMillion(String kind) {
    return Spread.of(runs.stream().map(run -> run.cpuSecondsPerMillion(kind)).toList());
  }

  static CaseFigures of(BenchCase benchCase, List<Run> runs) {
    return new CaseFigures(
        benchCase.name(),
        benchCase.devices(),
        Spread.of(runs.stream().map(Run::eventsPerSecond).toList()),
        Spread.of(runs.stream().map(Run::cpuSecondsPerMillion).toList()),
        List.copyOf(runs));
  }
}
