// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Severity;

/**
 * A fault of a device, open until it recovers.
 *
 * @param since log time, epoch milliseconds
 */
public record Fault(String code, Severity severity, String message, long since) {}
