// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.rules;

import java.util.Map;

/**
 * A condition of a rule, checked and compiled. A function of what it is asked about alone; it ends
 * within a bound.
 */
public interface Condition {
  /**
   * Whether it holds.
   *
   * @param facts values by the name of the variable: String, Boolean, Long, Double, List and Map of
   *     these
   * @throws Undecided when it cannot be said: a field is missing, a value is of another type
   */
  boolean holds(Map<String, ?> facts);

  /** As it stands in the document. */
  String text();

  /** A condition that cannot be decided; the message says why. */
  final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Undecided(String message, Throwable cause) {
      super(message, cause, false, false);
    }
  }
}
