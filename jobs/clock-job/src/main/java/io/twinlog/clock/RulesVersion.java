// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

/**
 * The version of the rules that ticks carry. It never goes back: what it has decided has been
 * decided.
 *
 * @param carried by ticks, this one included
 * @param published the highest in the topic of rules; 0: none
 */
record RulesVersion(long carried, long published) {
  /** Goes on from what the last ticks carry. */
  static RulesVersion goingOn(long carried) {
    return new RulesVersion(carried, 0);
  }

  /** The next tick carries what is published, unless it carries more already. */
  RulesVersion published(long highest) {
    return new RulesVersion(Math.max(carried, highest), highest);
  }

  /** Whether the topic lacks what is in force: it was lost, or made anew. */
  boolean isLost() {
    return carried > published;
  }
}
