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
 * @param retention after which nothing is remembered of one that is no longer known: until then it
 *     may come back, its versions go on, and repeats of its events are told
 */
public record ServiceRules(
    long interval, int silentIntervals, int expiredIntervals, long rewrite, long retention)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Ticks come once a second: nobody is heard more often. */
  public static final long INTERVAL_MIN = 1_000;

  /** As a new installation has it. */
  public static final ServiceRules DEFAULT = new ServiceRules(10_000, 3, 10, 60_000, 86_400_000);

  long intervalOf(ServiceInfo info) {
    return Math.max(INTERVAL_MIN, info.intervalMillis() == 0 ? interval : info.intervalMillis());
  }
}
