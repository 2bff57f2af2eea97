// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.util.Map;

/**
 * What became of a {@link Turn}.
 *
 * @param records read while it was measured
 * @param compilingSeconds that the compiler was busy while it was measured
 * @param applied records that an aggregate applied in the whole turn; 0 in jobs that have none
 * @param duplicates records that an aggregate dropped in the whole turn
 * @param savedState where its state was saved; empty: nowhere
 * @param threadSeconds CPU by thread while it was measured, as {@link ThreadTimes} has it
 * @param error why it failed; empty: it did not
 */
record Outcome(
    long records,
    double wallSeconds,
    double cpuSeconds,
    double compilingSeconds,
    long applied,
    long duplicates,
    String savedState,
    Map<String, Double> threadSeconds,
    String error) {

  static Outcome failed(String error) {
    return new Outcome(0, 0, 0, 0, 0, 0, "", Map.of(), error);
  }
}
