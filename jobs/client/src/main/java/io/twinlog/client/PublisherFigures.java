// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

/**
 * What a publisher has done since it was made; each event that it was given is in one of the first
 * five, or under way.
 *
 * @param retries attempts beside the first one of each event
 * @param underWay events without a result, those among them that wait to be tried again
 * @param underWayBytes bytes of them
 */
public record PublisherFigures(
    long published,
    long failed,
    long invalid,
    long dropped,
    long deadLettered,
    long retries,
    int underWay,
    long underWayBytes) {}
