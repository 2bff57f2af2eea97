// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

/** A number for each status: of devices, or of milliseconds. */
public record StatusTally(
    long registered, long online, long faulted, long offline, long decommissioned) {
  public static final StatusTally NOTHING = new StatusTally(0, 0, 0, 0, 0);

  /** With {@code amount} more at that status; never below zero. */
  public StatusTally plus(Status status, long amount) {
    return new StatusTally(
        added(registered, status == Status.REGISTERED, amount),
        added(online, status == Status.ONLINE, amount),
        added(faulted, status == Status.FAULTED, amount),
        added(offline, status == Status.OFFLINE, amount),
        added(decommissioned, status == Status.DECOMMISSIONED, amount));
  }

  private static long added(long value, boolean applies, long amount) {
    return applies ? Math.max(0, value + amount) : value;
  }

  /** All but what is decommissioned. */
  public long inService() {
    return registered + online + faulted + offline;
  }
}
