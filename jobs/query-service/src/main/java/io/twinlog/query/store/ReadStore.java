// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of projections, and how far each of their partitions was read. Both change together, so
 * that what is read again after a crash changes nothing. One writer; readers in any number.
 */
public interface ReadStore extends AutoCloseable {
  /**
   * Takes in what was read, all of it or nothing.
   *
   * @param changes of rows, in the order of their topics; one that is not above the row that is
   *     there is a repeat, and changes nothing
   * @param positions offset of the next record of each partition that was read
   */
  void apply(List<Change> changes, Map<Part, Long> positions);

  /** The next offset of each partition that was read. */
  Map<Part, Long> positions();

  /** One row; empty: there is none. */
  Optional<Row> row(Table table, String key);

  /** The rows that fit, in order, a page at a time. */
  Page rows(Table table, Query query);

  /** How many fit. */
  long count(Table table, List<Filter> filters);

  @Override
  void close();

  /**
   * A partition of a topic.
   *
   * @param topicId Kafka's: of a topic that was made anew nothing is known
   */
  record Part(String topicId, int partition) {}

  /**
   * Where a change stands among those of its row.
   *
   * @param lane inside which they rise; one of another lane replaces whatever there is
   */
  record Order(String lane, long major, int minor) {}

  /**
   * A row is as told from here on; or is gone.
   *
   * @param json its whole value; null: it is gone
   * @param columns by their names; what is missing is null
   */
  record Change(Table table, String key, Order order, String json, Map<String, Object> columns) {
    public Change {
      columns = Map.copyOf(columns);
    }

    /** The row is gone. */
    public static Change gone(Table table, String key, Order order) {
      return new Change(table, key, order, null, Map.of());
    }
  }

  /** A row as it is. */
  record Row(String key, String json) {}

  /**
   * Some rows.
   *
   * @param next where the next page begins; empty: this is the last one
   */
  record Page(List<Row> rows, Optional<String> next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }
}
