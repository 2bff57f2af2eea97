// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

/**
 * One number of a {@link Measured}: what is summed up.
 *
 * @param time event time, epoch ms
 */
public record Reading(String device, String metric, double value, long time) {}
