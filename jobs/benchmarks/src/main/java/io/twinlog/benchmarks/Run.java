// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One measured run: what was read between two counts well inside the batch, and what that took.
 *
 * @param events without ticks
 * @param wallSeconds from the first count to the second
 * @param cpuSeconds of the whole process meanwhile: threads of Flink, of the Kafka clients, of
 *     RocksDB, of the collector and of the compiler
 * @param compilingSeconds that the compiler was busy meanwhile: a job that is warm compiles little
 * @param statistics records of windows that the whole batch made it write; 0 of jobs without any
 * @param threads CPU-seconds by kind of thread, as {@link ThreadTimes} has it
 */
record Run(
    @JsonProperty("events") long events,
    @JsonProperty("wall_seconds") double wallSeconds,
    @JsonProperty("cpu_seconds") double cpuSeconds,
    @JsonProperty("compiling_seconds") double compilingSeconds,
    @JsonProperty("statistics_written") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long statistics,
    @JsonIgnore Map<String, Double> threads) {
  private static final double MILLION = 1e6;

  @JsonProperty("events_per_second")
  double eventsPerSecond() {
    return events / wallSeconds;
  }

  @JsonProperty("cpu_seconds_per_million")
  double cpuSecondsPerMillion() {
    return cpuSeconds * MILLION / events;
  }

  /** The same of threads of one kind. */
  double cpuSecondsPerMillion(String kind) {
    return threads.getOrDefault(kind, 0.0) * MILLION / events;
  }
}
