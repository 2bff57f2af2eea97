// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.rules;

/** The sets of rules by version. What stands under a version never changes. */
public interface RuleBook extends AutoCloseable {
  /** The set under a version; waits for one that is published and has not arrived yet. */
  RuleSet at(long version);

  /** Nothing to give back, but where it was opened somewhere. */
  @Override
  default void close() {}

  /** A book of one set, under whatever version. */
  static RuleBook of(RuleSet only) {
    return version -> only;
  }
}
