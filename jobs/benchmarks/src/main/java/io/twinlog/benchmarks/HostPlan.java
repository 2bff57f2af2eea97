// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

/**
 * What a {@link JobHost} runs, turn after turn.
 *
 * @param source prefix of the topics that the job reads
 * @param own prefix of the topics that it writes
 * @param config directory with the settings of each job: deploy/config
 * @param directory for state and temporary files; its own alone
 * @param managedMebibytes memory of RocksDB
 */
record HostPlan(
    BenchCase.Kind kind,
    String bootstrap,
    String source,
    String own,
    String config,
    String directory,
    int parallelism,
    int managedMebibytes) {}
