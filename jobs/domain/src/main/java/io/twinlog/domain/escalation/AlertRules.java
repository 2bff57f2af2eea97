// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.io.Serializable;

/**
 * What can be set about alerts. Times are in ms of the clock.
 *
 * @param refresh count and time of the newest error are told at most so often
 * @param retention after which nothing is remembered of an alert that is over
 */
public record AlertRules(long refresh, long retention) implements Serializable {
  private static final long serialVersionUID = 1;

  /** As a new installation has it. */
  public static final AlertRules DEFAULT = new AlertRules(60_000, 30L * 86_400_000);
}
