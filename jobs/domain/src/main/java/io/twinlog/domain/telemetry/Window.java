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

  /** With all of these; see {@link Tally#with}. */
  Window with(double[] values, long newest, double last, Sketches sketches) {
    return new Window(size, start, tally.with(values, newest, last, sketches), revision, false);
  }

  /** The same, with something to be told and room for one more value. */
  Window opened(Sketches sketches) {
    Tally roomy = tally.recent().length == Tally.RECENT_MAX ? tally.fold(sketches) : tally;
    return told || roomy != tally ? new Window(size, start, roomy, revision, false) : this;
  }

  /** After it was told once more. */
  Window toldAgain() {
    return new Window(size, start, tally, revision + 1, true);
  }

  int bytes() {
    return 16 + tally.bytes();
  }

  /** Where a window is, or, less 1 and negated, where it belongs; they are in order. */
  static int find(Window[] windows, WindowSize size, long start) {
    int at = windows.length - 1;
    while (at >= 0 && windows[at].isAfter(size, start)) {
      at--;
    }
    boolean there = at >= 0 && windows[at].size == size && windows[at].start == start;
    return there ? at : -(at + 1) - 1;
  }

  private boolean isAfter(WindowSize other, long otherStart) {
    int order = size.compareTo(other);
    return order > 0 || order == 0 && start > otherStart;
  }

  /** With one more, where it belongs. */
  static Window[] with(Window[] windows, Window window, int to) {
    Window[] more = new Window[windows.length + 1];
    System.arraycopy(windows, 0, more, 0, to);
    more[to] = window;
    System.arraycopy(windows, to, more, to + 1, windows.length - to);
    return more;
  }

  /** How many values of a minute may be pending: its window has room, and something to be told. */
  static int room(Window[] windows, long minute) {
    int at = find(windows, WindowSize.MINUTE, minute);
    boolean open = at >= 0 && !windows[at].told();
    return open ? Tally.RECENT_MAX - windows[at].tally().recent().length : 0;
  }
}
