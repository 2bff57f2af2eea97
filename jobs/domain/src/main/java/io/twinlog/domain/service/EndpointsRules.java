// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import java.io.Serializable;

/**
 * What can be set about the endpoints of a name.
 *
 * @param lossPercent of the instances of a name so many at most, but one at least, leave the list
 *     by silence within {@code lossWindow}; the others wait
 * @param lossWindow ms of the clock
 * @param instancesMax of a name in its list; as many more may wait
 * @param rewrite the list is written again after so long, ms of the clock
 */
public record EndpointsRules(int lossPercent, long lossWindow, int instancesMax, long rewrite)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What a list may take, about, in bytes: one that no topic takes would stop the job. */
  public static final int LIST_BYTES_MAX = 3 << 20;

  /** Ids that a loss which is held lists. */
  public static final int IDS_MAX = 1_000;

  /** As a new installation has it. */
  public static final EndpointsRules DEFAULT = new EndpointsRules(15, 60_000, 1_000, 86_400_000);

  int lossMax(int known) {
    return Math.max(1, known * lossPercent / 100);
  }
}
