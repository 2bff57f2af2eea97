// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import io.twinlog.query.store.Table.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The WHERE of a question: of whatever a caller has given, nothing but the names of columns that
 * there are stands in the text; all else is bound.
 */
final class Conditions {
  private static final int PATH_CHARACTERS_MAX = 256;

  private final Table table;
  private final List<String> texts = new ArrayList<>(List.of("json IS NOT NULL"));
  private final List<Object> values = new ArrayList<>();

  Conditions(Table table) {
    this.table = table;
  }

  /**
   * Adds a filter.
   *
   * @throws IllegalArgumentException when there is no such field
   */
  void add(Filter filter) {
    String field = field(filter.field());
    Object value = filter.value() instanceof Boolean flag ? (flag ? 1L : 0L) : filter.value();
    switch (filter.op()) {
      case IS -> texts.add(field + " = ?");
      case IS_NOT -> texts.add(field + " IS NOT ?");
      case ABOVE -> texts.add(field + " > ?");
      case BELOW -> texts.add(field + " < ?");
      // LIKE would take letters for equal that are not.
      case BEGINS -> texts.add("substr(" + field + ", 1, length(?)) = ?");
    }
    if (filter.op() == Filter.Op.BEGINS) {
      values.add(value);
    }
    values.add(value);
  }

  /** A column, or a path into the value, whose parts are bound. */
  private String field(String name) {
    if (name.equals("key")) {
      return "key";
    }
    if (table.column(name).isPresent()) {
      return "c_" + name;
    }
    int dot = name.indexOf('.');
    if (dot < 1 || name.length() > PATH_CHARACTERS_MAX || name.indexOf('"') >= 0) {
      throw new IllegalArgumentException("there is no field " + name);
    }
    values.add("$.\"" + name.substring(0, dot) + "\".\"" + name.substring(dot + 1) + '"');
    return "json_extract(json, ?)";
  }

  /**
   * A column to sort by.
   *
   * @throws IllegalArgumentException when there is none
   */
  Column sortable(String name) {
    return table
        .column(name)
        .orElseThrow(() -> new IllegalArgumentException("nothing is sorted by " + name));
  }

  /** Only what comes after a row, in the order of the question. */
  void add(Cursor cursor, Optional<Column> sort, Query query) {
    String than = query.descending() ? "<" : ">";
    if (sort.isEmpty()) {
      texts.add("key " + than + " ?");
      values.add(cursor.key());
      return;
    }
    String column = "c_" + sort.get().name();
    if (cursor.value() == null) {
      // They come first upwards, and last downwards.
      String others = query.descending() ? "" : " OR " + column + " IS NOT NULL";
      texts.add("((%s IS NULL AND key %s ?)%s)".formatted(column, than, others));
      values.add(cursor.key());
      return;
    }
    String nulls = query.descending() ? " OR " + column + " IS NULL" : "";
    texts.add("(%1$s %2$s ? OR (%1$s = ? AND key %2$s ?)%3$s)".formatted(column, than, nulls));
    values.add(cursor.value());
    values.add(cursor.value());
    values.add(cursor.key());
  }

  String sql() {
    return String.join(" AND ", texts);
  }

  /** Binds all values; the number of the next one. */
  int bind(PreparedStatement statement) throws SQLException {
    int next = 1;
    for (Object value : values) {
      statement.setObject(next++, value);
    }
    return next;
  }
}
