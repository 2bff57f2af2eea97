// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.Serializable;

/**
 * How keys wait whose input failed.
 *
 * @param recordsMax inputs that are held of one key
 * @param keysMax keys that may wait; each key group has an equal share of it, so that the bound is
 *     the same at any parallelism
 * @param retries attempts after the first one, where trying again may help
 * @param backoffMillis wait before the first retry, on the clock; it doubles each time
 * @param backoffMaxMillis longest wait
 * @param failsJob whether a defect of a rule ends the job instead: for tests
 */
public record ParkingSettings(
    int recordsMax,
    int keysMax,
    int retries,
    long backoffMillis,
    long backoffMaxMillis,
    boolean failsJob)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Keys of one key group that may wait. */
  int keysOfGroupMax(int keyGroups) {
    return Math.max(1, (keysMax + keyGroups - 1) / keyGroups);
  }

  /** The wait after so many failed attempts. */
  long backoff(int attempts) {
    long wait = backoffMillis;
    for (int i = 1; i < attempts && wait < backoffMaxMillis; i++) {
      wait *= 2;
    }
    return Math.min(wait, backoffMaxMillis);
  }
}
