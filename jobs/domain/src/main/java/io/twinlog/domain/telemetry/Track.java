// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;

/**
 * All that is kept of one metric of a device, in one {@link Lane}. Immutable.
 *
 * @param seen the newest number, believed or not
 * @param estimate where the next one is expected
 * @param last the newest value of a record that was accepted, texts cut to {@link #TEXT_MAX}; null:
 *     there is none yet
 * @param lastTime its event time
 * @param settled windows by size, then by start, without what is pending; not to be changed
 */
public record Track(
    String metric,
    Seen seen,
    RobustEstimate estimate,
    Scalar last,
    long lastTime,
    Window[] settled,
    Pending pending) {
  /** Longest text that is kept, in characters. */
  public static final int TEXT_MAX = 256;

  /** A metric without a value for so long, in event time, is no longer kept track of, ms. */
  static final long IDLE = 30L * 86_400_000;

  private static final Window[] NO_WINDOWS = {};

  /**
   * A track of which all values are in its windows.
   *
   * @param windows by size, then by start
   */
  public Track(
      String metric,
      Seen seen,
      RobustEstimate estimate,
      Scalar last,
      long lastTime,
      Window[] windows) {
    this(metric, seen, estimate, last, lastTime, windows, Pending.NONE);
  }

  static Track of(String metric) {
    return new Track(metric, Seen.NOTHING, RobustEstimate.NONE, null, Long.MIN_VALUE, NO_WINDOWS);
  }

  Track with(Seen newest, RobustEstimate next) {
    return new Track(metric, newest, next, last, lastTime, settled, pending);
  }

  Track with(Window[] windows, Pending values) {
    return new Track(metric, seen, estimate, last, lastTime, windows, values);
  }

  /** By size, then by start, with all values in them; not to be changed. */
  public Window[] windows() {
    return pending.isEmpty() ? settled : pending.in(settled);
  }

  /** With a value that was accepted; an older one changes nothing. */
  Track accepted(Scalar value, long time) {
    if (last != null && time < lastTime) {
      return this;
    }
    return new Track(metric, seen, estimate, cut(value), time, settled, pending);
  }

  private static Scalar cut(Scalar value) {
    if (!(value instanceof Scalar.Text text) || text.value().length() <= TEXT_MAX) {
      return value;
    }
    // Half of a pair of surrogates is no character.
    int end = TEXT_MAX - 1;
    end -= Character.isHighSurrogate(text.value().charAt(end - 1)) ? 1 : 0;
    return new Scalar.Text(text.value().substring(0, end) + '…');
  }

  /** Where a window is, or, less 1 and negated, where it belongs. */
  static int find(Window[] windows, WindowSize size, long start) {
    int at = windows.length - 1;
    while (at >= 0 && isAfter(windows[at], size, start)) {
      at--;
    }
    boolean there = at >= 0 && windows[at].size() == size && windows[at].start() == start;
    return there ? at : -(at + 1) - 1;
  }

  private static boolean isAfter(Window window, WindowSize size, long start) {
    int order = window.size().compareTo(size);
    return order > 0 || order == 0 && window.start() > start;
  }

  /** With one more, where it belongs. */
  static Window[] with(Window[] windows, Window window, int to) {
    Window[] more = new Window[windows.length + 1];
    System.arraycopy(windows, 0, more, 0, to);
    more[to] = window;
    System.arraycopy(windows, to, more, to + 1, windows.length - to);
    return more;
  }
}
