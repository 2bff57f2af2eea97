// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

/**
 * What a device measured at one time. Its numbers stand side by side; what else it said is in the
 * record alone.
 *
 * @param time event time, epoch ms
 * @param record ready for {@code telemetry.records}
 */
public record Measured(
    String device, long time, byte[] record, String[] metrics, double[] values) {}
