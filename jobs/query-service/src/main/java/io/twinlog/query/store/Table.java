// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import java.util.List;
import java.util.Optional;

/**
 * A projection as it is kept: a key, the value in JSON, and columns by which rows are found and
 * sorted. Names are letters, digits and underscores: they stand in statements as they are.
 */
public record Table(String name, List<Column> columns) {
  private static final String NAME = "[a-z][a-z0-9_]{0,40}";

  /** What a column holds; null where the value has none. */
  public enum Kind {
    TEXT,
    /** A long. */
    WHOLE,
    /** True or false. */
    FLAG
  }

  /** A column. */
  public record Column(String name, Kind kind) {
    public Column {
      requireName(name);
    }
  }

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException when one is none
   */
  public Table {
    columns = List.copyOf(columns);
    requireName(name);
  }

  private static void requireName(String name) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(name + " cannot be the name of a table or a column");
    }
  }

  /** The column of that name; empty: there is none. */
  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }
}
