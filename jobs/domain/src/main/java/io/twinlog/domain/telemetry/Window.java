// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * A window of a metric. Immutable.
 *
 * @param start event time at which it begins, epoch ms
 * @param revision of what was last told of it; 0: nothing was
 * @param told whether that is all of it
 */
public record Window(WindowSize size, long start, Tally tally, int revision, boolean told) {
  static Window open(WindowSize size, long start) {
    return new Window(size, start, Tally.NONE, 0, false);
  }

  long end() {
    return start + size.millis();
  }

  Window with(double value, long time, Sketches sketches) {
    return new Window(size, start, tally.with(value, time, sketches), revision, false);
  }

  Window with(Pending pending) {
    return new Window(size, start, tally.with(pending), revision, false);
  }

  /** After it was told once more. */
  Window toldAgain() {
    return new Window(size, start, tally, revision + 1, true);
  }

  int bytes() {
    return 16 + tally.bytes();
  }
}
