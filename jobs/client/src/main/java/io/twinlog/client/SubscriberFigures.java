// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

/**
 * What a subscriber has done since it was made.
 *
 * @param handled records that the handler is done with
 * @param filtered those that it was not told of
 * @param repeats those that a job wrote again after a crash
 * @param skipped those that failed with LOW
 * @param retries attempts beside the first one of each record
 * @param waiting records that wait now, in all partitions
 * @param parkedKeys keys that wait for somebody to redrive them
 */
public record SubscriberFigures(
    long handled,
    long filtered,
    long repeats,
    long skipped,
    long retries,
    int waiting,
    int parkedKeys) {}
