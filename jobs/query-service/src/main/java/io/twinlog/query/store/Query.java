// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import java.util.List;
import java.util.Optional;

/**
 * Which rows, in which order.
 *
 * @param filters all must fit
 * @param sort a column; empty: the key. Rows without a value come first; of equals the key decides
 * @param after where a page has ended ({@link ReadStore.Page#next}); empty: from the beginning
 * @param limit rows of a page, 1 to {@link #LIMIT_MAX}
 */
public record Query(
    List<Filter> filters,
    Optional<String> sort,
    boolean descending,
    Optional<String> after,
    int limit) {
  public static final int LIMIT_MAX = 1_000;

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException when it is out of its range
   */
  public Query {
    filters = List.copyOf(filters);
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " rows, not " + limit);
    }
  }

  /** All that fit, by their keys. */
  public static Query of(int limit, Filter... filters) {
    return new Query(List.of(filters), Optional.empty(), false, Optional.empty(), limit);
  }

  public Query sortedBy(String column, boolean downwards) {
    return new Query(filters, Optional.of(column), downwards, after, limit);
  }

  public Query after(String cursor) {
    return new Query(filters, sort, descending, Optional.of(cursor), limit);
  }
}
