// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import io.twinlog.domain.rules.Condition;
import java.util.List;

/** What came of a text that ought to be a condition. */
public sealed interface Compiled {
  /** It is one. */
  record Sound(Condition condition) implements Compiled {}

  /**
   * It is none.
   *
   * @param problems all that were found, at least one, in the order of the text
   */
  record Unsound(List<Problem> problems) implements Compiled {
    public Unsound {
      problems = List.copyOf(problems);
    }
  }

  /**
   * What is wrong, and where in the text.
   *
   * @param line from 1
   * @param column from 1, in code points
   */
  record Problem(Fault fault, int line, int column, String message) {}

  /** What kind of thing is wrong. */
  enum Fault {
    /** The text is not of the language. */
    SYNTAX,
    /** It is, and means nothing: unknown names, operators that do not take such values. */
    TYPE,
    /** It is over a limit. */
    LIMIT
  }
}
