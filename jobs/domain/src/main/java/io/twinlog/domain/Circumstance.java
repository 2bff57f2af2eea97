// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

/**
 * When and why an event happened.
 *
 * @param occurredAt event time, epoch milliseconds
 */
public record Circumstance(long occurredAt, Cause cause) {}
