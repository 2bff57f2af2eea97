// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

/**
 * An event of an aggregate with its place in the aggregate's log. What {@code evolve} folds.
 *
 * @param version 1 for the first event of an aggregate, then +1 each
 * @param at when it was logged
 * @param occurredAt event time, epoch milliseconds; log time where the device's clock ran ahead
 * @param cause what made it happen
 */
public record Recorded<E>(long version, Moment at, long occurredAt, Cause cause, E event) {}
