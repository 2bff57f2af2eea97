// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

/**
 * A point of time as the log knows it. No rule reads any other time.
 *
 * @param clock milliseconds of log time without its outages; deadlines are kept in it
 * @param logTime wall clock in epoch milliseconds of the last tick before the record; what users
 *     see. 0: no tick was seen yet, so the wall clock is not known
 */
public record Moment(long clock, long logTime) {
  /**
   * The moment that lies {@code clock} on this one's scale: both parts moved by the same amount.
   */
  public Moment atClock(long clock) {
    return new Moment(clock, logTime == 0 ? 0 : logTime + (clock - this.clock));
  }
}
