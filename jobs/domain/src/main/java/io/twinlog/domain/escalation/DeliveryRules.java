// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.io.Serializable;

/**
 * How a notification is delivered to a target that does not take it. Times are in ms.
 *
 * @param backoff after the first attempt that failed; it doubles from attempt to attempt
 * @param backoffMax the longest wait between two attempts
 * @param giveUpAfter a notification that is older is not delivered any more
 */
public record DeliveryRules(long backoff, long backoffMax, long giveUpAfter)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** As a new installation has it. */
  public static final DeliveryRules DEFAULT = new DeliveryRules(1_000, 60_000, 86_400_000);

  /** How long to wait after so many attempts that failed. */
  public long backoff(int attempts) {
    long wait = backoff;
    for (int i = 1; i < attempts && wait < backoffMax; i++) {
      wait *= 2;
    }
    return Math.min(wait, backoffMax);
  }
}
