// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import java.io.Serializable;

/**
 * What can be set about services. Times are in ms of the clock.
 *
 * @param interval between two signs of life of an instance that promised none
 * @param silentIntervals without a sign of life after which it takes no load
 * @param expiredIntervals without one after which it is no longer known
 * @param rewrite when it was last seen is told at most so often
 */
public record ServiceRules(long interval, int silentIntervals, int expiredIntervals, long rewrite)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Ticks come once a second: nobody is heard more often. */
  public static final long INTERVAL_MIN = 1_000;

  /** As a new installation has it. */
  public static final ServiceRules DEFAULT = new ServiceRules(10_000, 3, 10, 60_000);

  long intervalOf(ServiceInfo info) {
    return Math.max(INTERVAL_MIN, info.intervalMillis() == 0 ? interval : info.intervalMillis());
  }
}
