// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

/**
 * One run of a job over its input, from a saved state or from the beginning, to the end.
 *
 * @param savedState where it goes on from; empty: from the beginning
 * @param records that it has to read
 * @param from records read at which measuring begins
 * @param to records read at which it ends
 * @param saveIn where its state is saved at the end; empty: nowhere
 * @param recording file of the flight recording of what is measured; empty: none is made
 */
record Turn(String savedState, long records, long from, long to, String saveIn, String recording) {
  /** The first and the last records are not measured: there a job starts, and runs dry. */
  private static final double HEAD = 0.10;

  private static final double TAIL = 0.10;

  /**
   * Over a batch that comes after {@code before} records of no interest.
   *
   * @param records of both
   */
  static Turn over(String savedState, long before, long records) {
    long batch = records - before;
    long from = before + Math.round(batch * HEAD);
    long to = before + Math.round(batch * (1 - TAIL));
    return new Turn(savedState, records, from, to, "", "");
  }

  Turn savedIn(String directory) {
    return new Turn(savedState, records, from, to, directory, recording);
  }

  Turn recordedIn(String file) {
    return new Turn(savedState, records, from, to, saveIn, file);
  }
}
