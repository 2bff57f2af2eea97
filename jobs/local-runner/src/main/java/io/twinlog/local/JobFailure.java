// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

/**
 * A job that ended and must not have. It says why in one line; the log file has the rest.
 *
 * @param job its name
 * @param reason root cause
 */
public record JobFailure(String job, String reason) {}
