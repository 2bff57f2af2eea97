// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import java.io.Serializable;
import java.time.Duration;

/** Opens a book of rules where an operator runs, which closes it again. */
public interface RuleBooks extends Serializable {
  /**
   * Opens one; asks no broker before a version is asked for that is not 0.
   *
   * @param base what holds under version 0, and where a document says nothing
   */
  RuleBook open(RuleSet base);

  /** Makes of an exception that ends the work one that ends it for good, without a restart. */
  interface Ending extends Serializable {
    RuntimeException of(RulesUnusableException why);
  }

  /**
   * Those of the log.
   *
   * @param wait how long a book waits for a version that is not there
   */
  static RuleBooks ofLog(RuleLogSettings settings, Duration wait, Ending ending) {
    return base -> new LoggedRuleBook(() -> RuleLog.open(settings), base, wait, ending);
  }

  /** Those of a test or a simulation: the base alone, whatever the version. */
  static RuleBooks ofBase() {
    return RuleBook::of;
  }
}
