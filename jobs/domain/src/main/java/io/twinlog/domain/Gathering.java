// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.List;

/**
 * The rules of an aggregate that is fed by the changes of many others: counts over a fleet, members
 * of a name. Pure, as {@link Aggregate}; the second stage of a job calls it, in the order (clock,
 * key, input of the key) of what it is told.
 *
 * @param <S> state
 * @param <N> notice: one change of one other aggregate
 * @param <F> fact: what is to be written out
 */
public interface Gathering<S, N, F> {
  /** The state of a key before its first notice. */
  S initial(String key);

  /** What follows from a notice. */
  Gathered<S, F> take(S state, N notice, Moment now);

  /** The clock at which time alone next changes something; {@link Aggregate#NEVER}: none. */
  long deadline(S state);

  /** What follows when the deadline is reached; {@code now} is the deadline's own moment. */
  Gathered<S, F> atDeadline(S state, Moment now);

  /** Whether the key is over: its state goes. */
  boolean ended(S state);

  /** The next state, and what is to be written out, in order. */
  record Gathered<S, F>(S state, List<F> facts) {
    public Gathered {
      facts = List.copyOf(facts);
    }

    /** Nothing is to be written. */
    public static <S, F> Gathered<S, F> quietly(S state) {
      return new Gathered<>(state, List.of());
    }
  }
}
