// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

/** How far a device is in its life. */
public enum Lifecycle {
  /** Nobody registered it. */
  UNKNOWN,
  REGISTERED,
  DECOMMISSIONED,
  /** Its retention after decommissioning has passed. */
  FORGOTTEN
}
