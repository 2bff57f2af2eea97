// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import java.util.List;

/**
 * The rules of one kind of aggregate. Pure: no clock, no randomness, no input or output; the shell
 * calls it and keeps what it returns.
 *
 * <p>An aggregate has two values. The state is what a fold of its events gives, and nothing else;
 * it is large and changes seldom. The vitals are what every input touches: soft marks that are in
 * no event (when it was last seen), and a mirror of the few facts of the state that {@link
 * #touchesOnlyVitals} and {@link #deadline} need, so that most inputs never read the state.
 *
 * @param <S> state
 * @param <V> vitals
 * @param <C> command: whatever asks the aggregate to change, requests and reports alike
 * @param <E> event
 */
public interface Aggregate<S, V, C, E> {
  /** No deadline. */
  long NEVER = Long.MAX_VALUE;

  /** The state of an id before its first event: version 0. */
  S initial(String id);

  /** The vitals of an id before its first input. */
  V initialVitals();

  /** Number of events that the state has folded. */
  long version(S state);

  /** Whether {@code command} changes nothing but the vitals, judged by the vitals alone. */
  boolean touchesOnlyVitals(V vitals, C command, Moment now);

  /** What follows from a command. Changes nothing. */
  Decision<E> decide(S state, V vitals, C command, Moment now);

  /** Whether only the source of the aggregate's own signs of life can have caused the command. */
  default boolean isSignOfLife(C command) {
    return true;
  }

  /** What a command and an event that it yielded say about when and why. */
  Circumstance circumstance(C command, E event, Moment now);

  /** The fold. Refuses nothing. */
  S evolve(S state, Recorded<E> event);

  /** The vitals after an accepted command and the events that it yielded. */
  V observe(V vitals, C command, List<E> events, Moment now);

  /** The vitals with the mirror of a changed state renewed. */
  V mirror(V vitals, S state, Moment now);

  /** The clock at which time alone next changes something; {@link #NEVER} where none will. */
  long deadline(V vitals);

  /**
   * What follows when the deadline is reached; {@code now} is the deadline's own moment. Caused by
   * the timeout.
   */
  List<E> atDeadline(S state, V vitals, Moment now);

  /**
   * Whether the projection is to be written although the state has not changed: soft marks moved,
   * or it grew old.
   */
  boolean projectionDue(V vitals, Moment now);

  /** The vitals after the projection was written. */
  V projected(V vitals, Moment now);

  /** Whether enough has passed since the last snapshot; never, where none are written. */
  default boolean snapshotDue(S state, V vitals, Moment now) {
    return false;
  }

  /** The vitals after a snapshot was written. */
  default V snapshotTaken(V vitals, S state, Moment now) {
    return vitals;
  }

  /** Whether the aggregate has a state that is kept. One that has not is all vitals. */
  default boolean hasState() {
    return true;
  }

  /** Whether there is nothing to be kept of the aggregate, as long as it has no deadline. */
  default boolean isNothing(S state, V vitals) {
    return version(state) == 0;
  }

  /** The vitals after a deadline and the events that it yielded. */
  default V afterDeadline(V vitals, List<E> events) {
    return vitals;
  }

  /** Bytes of the vitals on the heap, about, beside those of a few numbers. */
  default int heapBytes(V vitals) {
    return 0;
  }

  /** Whether the aggregate is over: its state, vitals and projection go. */
  boolean ended(S state);
}
