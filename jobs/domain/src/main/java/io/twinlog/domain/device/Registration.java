// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Values;

/**
 * What registered a device, as it was said.
 *
 * @param firmware empty: not said
 * @param heartbeatIntervalMillis 0: not said
 * @param timeoutMillis 0: not said
 */
public record Registration(
    String model,
    String firmware,
    Values attributes,
    long heartbeatIntervalMillis,
    long timeoutMillis) {
  public static final Registration NONE = new Registration("", "", Values.NONE, 0, 0);
}
