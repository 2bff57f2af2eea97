// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import java.util.List;

/**
 * A variable of conditions.
 *
 * @param fields that it may have, of a RECORD; empty: any
 */
public record Variable(String name, Kind kind, List<String> fields) {
  /** What it holds. */
  public enum Kind {
    /** A double. */
    NUMBER,
    /** A long. */
    WHOLE,
    TEXT,
    /** A list of strings. */
    TEXTS,
    /** A map of anything by strings. */
    RECORD,
    /** Whatever JSON can be; told apart only when it is there. */
    ANY
  }

  public Variable {
    fields = List.copyOf(fields);
  }

  public static Variable of(String name, Kind kind) {
    return new Variable(name, kind, List.of());
  }
}
