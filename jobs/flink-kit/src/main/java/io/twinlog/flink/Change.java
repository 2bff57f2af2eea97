// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Recorded;
import java.util.List;

/**
 * What one input, or one deadline, did to an aggregate: all that is needed to write it out.
 *
 * @param key aggregate id
 * @param steps one per event, in order; empty when only the projection is due
 * @param state after all steps
 * @param vitals after all steps
 * @param rules version of the rules in force
 * @param snapshot whether a snapshot is to be written
 * @param ended whether the aggregate is over, and its projection becomes a tombstone instead of
 *     being written
 */
public record Change<S, V, E>(
    String key,
    List<Step<S, E>> steps,
    S state,
    V vitals,
    Trace trace,
    long rules,
    boolean snapshot,
    boolean ended) {

  /** One event, with the state on both sides of it. */
  public record Step<S, E>(S before, Recorded<E> recorded, S after) {}
}
