// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * Values of one minute that count and are in no window yet: most values then move a few numbers,
 * and not a window of each size. Immutable. The windows that they belong to are there, have
 * something to be told, and have room for them; what is told, or kept, has them in it. So nothing
 * that can be seen from outside depends on it.
 *
 * @param minute start of the window of a minute that they fall into, epoch ms
 * @param room how many there may be; 0: none
 * @param values not to be changed
 * @param lastTime newest event time of them
 * @param last value at it
 */
public record Pending(long minute, int room, double[] values, long lastTime, double last) {
  /** What a value adds to the bytes of its windows. */
  static final int BYTES = 9 * WindowSize.ALL.length;

  private static final double[] NOTHING = {};

  static final Pending NONE = of(0, 0);

  static Pending of(long minute, int room) {
    return new Pending(minute, room, NOTHING, Long.MIN_VALUE, 0);
  }

  boolean isEmpty() {
    return values.length == 0;
  }

  boolean hasRoomIn(long other) {
    return minute == other && values.length < room;
  }

  /** With one more. Of two at the same time the one that comes later is the last. */
  Pending with(double value, long time) {
    double[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = value;
    boolean newest = time >= lastTime;
    return new Pending(minute, room, more, newest ? time : lastTime, newest ? value : last);
  }

  /** None, of the same minute, beside windows that have its values in them and may have changed. */
  Pending beside(Window[] windows) {
    int left = room == 0 ? 0 : Tally.RECENT_MAX;
    for (int i = 0; left > 0 && i < WindowSize.ALL.length; i++) {
      int at = Track.find(windows, WindowSize.ALL[i], WindowSize.ALL[i].start(minute));
      boolean open = at >= 0 && !windows[at].told();
      left = open ? Math.min(left, Tally.RECENT_MAX - windows[at].tally().recent().length) : 0;
    }
    return left == 0 ? NONE : of(minute, left);
  }

  /** These windows with the values in them; a copy. */
  Window[] in(Window[] windows) {
    Window[] settled = windows.clone();
    if (!isEmpty()) {
      for (WindowSize size : WindowSize.ALL) {
        int at = Track.find(settled, size, size.start(minute));
        settled[at] = settled[at].with(this);
      }
    }
    return settled;
  }
}
