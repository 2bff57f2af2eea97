// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;

/**
 * How long a subtask stood still before the last barrier, to be looked at. Beside the cache it is
 * the one place in the shell that reads a clock of the machine's, and no output depends on it.
 */
final class BarrierPause {
  private volatile long millis;

  /** Work that holds a barrier back. */
  interface Work {
    void run() throws IOException;
  }

  void measure(Work work) throws IOException {
    long began = System.nanoTime();
    work.run();
    millis = (System.nanoTime() - began) / 1_000_000;
  }

  /** Milliseconds, of the last one. */
  long millis() {
    return millis;
  }
}
