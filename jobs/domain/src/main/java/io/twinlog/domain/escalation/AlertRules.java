// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.io.Serializable;

/**
 * What can be set about alerts. Times are in ms of the clock.
 *
 * @param refresh count and time of the newest error are told at most so often
 * @param rewrite what is told of an alert is told again after so long, changed or not
 * @param memory after which nothing is remembered of errors that made no alert
 * @param retention after which nothing is remembered of an alert that is over
 */
public record AlertRules(long refresh, long rewrite, long memory, long retention)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** As a new installation has it. */
  public static final AlertRules DEFAULT =
      new AlertRules(300_000, 86_400_000, 3_600_000, 30L * 86_400_000);
}
