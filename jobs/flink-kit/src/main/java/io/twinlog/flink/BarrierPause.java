// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;

/** How long a subtask stood still before the last barrier, to be looked at. */
final class BarrierPause {
  private volatile long millis;

  /** Work that holds a barrier back. */
  void measure(Stopwatch.Work work) throws IOException {
    millis = (long) Stopwatch.millis(work);
  }

  /** Milliseconds, of the last one. */
  long millis() {
    return millis;
  }
}
