// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/**
 * What a run of the pipeline benchmark can be told; all of it is written beside the figures.
 *
 * @param records events of the batch that a run reads
 * @param warmUp how long each job runs before the first run that counts
 * @param devices sizes of fleets
 * @param intervalMillis between two events of a device, simulated
 * @param history rounds that the fleet has lived through before the batch
 * @param heap of the process of a job, as {@code -Xmx} takes it
 * @param telemetryHeap the same, of the telemetry job
 */
record PipelineOptions(
    @JsonProperty("runs") int runs,
    @JsonProperty("records") long records,
    @JsonIgnore Duration warmUp,
    @JsonProperty("devices") List<Integer> devices,
    @JsonProperty("interval_ms") long intervalMillis,
    @JsonProperty("history_rounds") int history,
    @JsonProperty("heap") String heap,
    @JsonProperty("telemetry_heap") String telemetryHeap) {
  /** Of each job: the cores that the reference machine has. */
  static final int PARALLELISM = 2;

  static final int PARTITIONS = 4;

  /** RocksDB's memory: what a TaskManager of Flink's default size has. */
  static final int MANAGED_MEBIBYTES = 512;

  @JsonProperty("warm_up_s")
  long warmUpSeconds() {
    return warmUp.toSeconds();
  }

  @JsonProperty("event_bytes")
  int eventBytes() {
    return EventText.TELEMETRY_BYTES;
  }

  @JsonProperty("parallelism")
  int parallelism() {
    return PARALLELISM;
  }

  @JsonProperty("partitions")
  int partitions() {
    return PARTITIONS;
  }

  @JsonProperty("rocksdb_mib")
  int managedMebibytes() {
    return MANAGED_MEBIBYTES;
  }

  /** Of the process of a job of this kind. */
  String heap(BenchCase.Kind kind) {
    return kind == BenchCase.Kind.TELEMETRY ? telemetryHeap : heap;
  }

  Fleet fleet(Fleet.Members members, int count) {
    return new Fleet(members, count, intervalMillis);
  }
}
