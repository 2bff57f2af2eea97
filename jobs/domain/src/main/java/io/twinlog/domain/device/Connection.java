// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

/** Whether a device is thought to be connected. */
public enum Connection {
  /** Registered, and never heard of. */
  NEVER,
  ONLINE,
  OFFLINE
}
