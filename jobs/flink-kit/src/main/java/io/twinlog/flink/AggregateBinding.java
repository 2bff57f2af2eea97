// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Aggregate;
import io.twinlog.schemas.Event;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import java.io.IOException;
import java.util.Optional;

/**
 * What a job hands to {@link AggregateOperator}: its rules, and how they are read and written. The
 * operator knows no more of the aggregate than this.
 */
public interface AggregateBinding<S, V, C, E> {
  /**
   * The rules under a version; the same object as long as they are the same.
   *
   * @param version of the set of rules in force; 0: none was published
   */
  Aggregate<S, V, C, E> aggregate(long version);

  /**
   * Whether the job has to do with a record at all, judged by its headers. Of others nothing is
   * read or kept, and the ledger counts them as discarded.
   */
  default boolean concerns(InboxRecord record) {
    return true;
  }

  /** The state as it is kept in RocksDB. */
  Codec<S> states();

  /** The vitals as they are kept in RocksDB. */
  BinaryCodec<V> vitals();

  /** Opens a record. Never throws for its content. */
  Input<C> read(InboxRecord record);

  /** Writes a change out: log, projection, snapshot, notices, in this order. */
  void publish(Change<S, V, E> change, Outputs outputs);

  /** The state of a key as it is now; it costs an access where nobody has asked for it yet. */
  interface StateNow<S> {
    S get() throws IOException;
  }

  /**
   * Writes what is to be told of an input itself, beside the change that it made; for most there is
   * nothing. Asked about each input that was accepted.
   *
   * @param state after the input
   */
  default void heard(String key, Input<C> input, StateNow<S> state, Outputs outputs)
      throws IOException {}

  /**
   * What is wrong with an event that a handler made of a record, as an input of the same key;
   * empty: nothing.
   */
  Optional<String> flaw(InboxRecord record, Event output);

  /** Gives back what it has opened. */
  default void close() {}
}
