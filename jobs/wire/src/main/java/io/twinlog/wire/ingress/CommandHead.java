// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/**
 * As much of a rejected command as its refusal in command.results needs. Nothing else of the
 * command may be believed.
 *
 * @param id valid: 1 to 64 characters without control characters
 * @param command as it was given, known or not; empty where it is missing or not presentable
 * @param aggregateId as it was given; empty where it is missing or not presentable
 */
public record CommandHead(String id, String command, String aggregateId) {}
