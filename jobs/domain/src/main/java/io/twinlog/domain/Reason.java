// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

/**
 * One thing that is wrong with an input. Every code is explained in docs/reference/errors.md.
 *
 * @param code snake_case, from a closed list
 * @param path where in the input, dotted; empty: the whole of it
 * @param message one sentence for a person, with the rule and the value
 */
public record Reason(String code, String path, String message) {}
