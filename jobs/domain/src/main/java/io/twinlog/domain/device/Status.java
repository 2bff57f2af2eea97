// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

/** What a device is called: the first that holds, from the top. */
public enum Status {
  DECOMMISSIONED,
  OFFLINE,
  /** Connected, with a fault open. */
  FAULTED,
  ONLINE,
  /** Never heard of. */
  REGISTERED
}
