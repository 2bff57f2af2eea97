// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

/** What is to be written of an alert, or told to its groups. */
public sealed interface MutingFact {

  /**
   * The alert as it is now.
   *
   * @param mutedBy empty: by nothing
   */
  record Shown(AlertNews news, String mutedBy) implements MutingFact {}

  /** An alert is not shown any more. */
  record Hidden(String alertId) implements MutingFact {}

  /** A group hears of it. */
  record Passed(GroupNews news) implements MutingFact {}
}
