// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * Windows of a minute that were told, and are kept in case that a late record changes them. There
 * are up to an hour of them for each metric, and hardly one is ever looked at again: so they are
 * packed. Immutable; {@link WindowForm} knows the bytes.
 *
 * @param from start of the first, epoch ms; {@link Long#MAX_VALUE}: there is none
 * @param to end of the last
 * @param packed in order; not to be changed
 */
public record Shelf(long from, long to, byte[] packed) {
  public static final Shelf EMPTY = new Shelf(Long.MAX_VALUE, Long.MIN_VALUE, new byte[0]);

  boolean isEmpty() {
    return packed.length == 0;
  }

  /** When the first of them ends. */
  long firstEnd() {
    return from + WindowSize.MINUTE.millis();
  }

  /** With the first {@code count} of these behind it; all are later than those that are in it. */
  Shelf with(Window[] windows, int count, WindowForm form) {
    return count == 0
        ? this
        : new Shelf(
            Math.min(from, windows[0].start()),
            windows[count - 1].end(),
            form.append(packed, windows, count));
  }

  /**
   * What is left of it.
   *
   * @param place where the first that stays begins, as {@link WindowForm#after} tells it
   */
  Shelf from(int place, WindowForm form) {
    return place == packed.length
        ? EMPTY
        : new Shelf(
            form.at(packed, place).start(), to, Arrays.copyOfRange(packed, place, packed.length));
  }
}
