// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.List;

/** What {@link Aggregate#decide} answers: the events that follow, or why there are none. */
public sealed interface Decision<E> {
  /** The command holds. No events: nothing was left to change. */
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * The command does not hold; the aggregate is unchanged. At least one reason, the first names the
   * outcome.
   */
  record Refused<E>(List<Reason> reasons) implements Decision<E> {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal without a reason");
      }
    }
  }

  static <E> Decision<E> accepted(List<? extends E> events) {
    return new Accepted<>(List.copyOf(events));
  }

  static <E> Decision<E> refused(String code, String path, String message) {
    return new Refused<>(List.of(new Reason(code, path, message)));
  }
}
