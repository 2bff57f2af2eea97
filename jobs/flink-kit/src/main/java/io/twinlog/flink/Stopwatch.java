// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;

/**
 * How long work takes. Beside a forecast of barriers it is the one place in the shell that reads a
 * clock of the machine's, and no output depends on it.
 */
final class Stopwatch {
  private Stopwatch() {}

  /** What is measured. */
  interface Work {
    void run() throws IOException;
  }

  /** Does it, and says how long it took, in milliseconds. */
  static double millis(Work work) throws IOException {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e6;
  }
}
