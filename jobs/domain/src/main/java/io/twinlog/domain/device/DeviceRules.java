// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be set about devices. Durations in milliseconds of the clock.
 *
 * @param timeout silence after which a device is offline, where nothing closer says it
 * @param modelTimeouts the same by model
 * @param flapInterval an interval without a transition counts as one step of calm
 * @param gapInterval sequence gaps of a device are logged at most this often
 * @param refresh soft fields of the projection are renewed at most this often
 * @param rewrite every projection is written again at least this often
 * @param retention how long a decommissioned device is kept
 * @param snapshotVersions versions after the last snapshot at which the next is taken
 * @param snapshotAge age of the last snapshot at which the next change takes one; 0: age does not
 *     count
 * @param faultsMax faults that a device may have open; the oldest gives way
 * @param autoRegister whether an event of an unknown device registers it
 */
public record DeviceRules(
    long timeout,
    SortedMap<String, Long> modelTimeouts,
    long flapInterval,
    long gapInterval,
    long refresh,
    long rewrite,
    long retention,
    int snapshotVersions,
    long snapshotAge,
    int faultsMax,
    boolean autoRegister)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 24 * 60 * MINUTE;

  /** As a new installation has it. */
  public static final DeviceRules DEFAULT =
      new DeviceRules(
          600 * SECOND, new TreeMap<>(), MINUTE, MINUTE, MINUTE, DAY, 30 * DAY, 100, 0, 64, false);

  public DeviceRules {
    modelTimeouts = Collections.unmodifiableSortedMap(new TreeMap<>(modelTimeouts));
  }

  /**
   * Silence after which a device of this registration is offline: its own word first, then its
   * model's.
   */
  public long timeoutOf(Registration registration) {
    if (registration.timeoutMillis() > 0) {
      return registration.timeoutMillis();
    }
    if (registration.heartbeatIntervalMillis() > 0) {
      return Math.max(10 * SECOND, registration.heartbeatIntervalMillis() * 5 / 2);
    }
    return modelTimeouts.getOrDefault(registration.model(), timeout);
  }
}
