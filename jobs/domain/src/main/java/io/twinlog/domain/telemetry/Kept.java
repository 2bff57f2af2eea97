// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * Records that wait for their results, oldest first. Immutable.
 *
 * @param entries not to be changed
 * @param bytes that they take together
 */
public record Kept(Entry[] entries, int bytes) {
  public static final Kept NONE = new Kept(new Entry[0], 0);

  public Kept(Entry[] entries) {
    this(entries, sum(entries));
  }

  private static int sum(Entry[] entries) {
    int bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.packed.length;
    }
    return bytes;
  }

  /**
   * A record.
   *
   * @param clock at which it was accepted
   * @param packed the record
   */
  public record Entry(long clock, byte[] packed) {}

  /**
   * With one more; those that are too old, or too many, or too large together, give way. One that
   * is too large by itself is not kept.
   */
  Kept with(Entry entry, LongPredicate tooOld, int entriesMax, int bytesMax) {
    if (entriesMax == 0) {
      return NONE;
    }
    if (entry.packed.length > bytesMax) {
      return this;
    }
    int from = 0;
    int left = bytes + entry.packed.length;
    while (from < entries.length
        && (tooOld.test(entries[from].clock)
            || entries.length - from >= entriesMax
            || left > bytesMax)) {
      left -= entries[from++].packed.length;
    }
    Entry[] next = Arrays.copyOfRange(entries, from, entries.length + 1);
    next[next.length - 1] = entry;
    return new Kept(next, left);
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    return bytes + 56 * entries.length;
  }

  /** Where the newest record is of which it is true; -1: there is none. */
  int find(Predicate<byte[]> isIt) {
    int at = entries.length - 1;
    while (at >= 0 && !isIt.test(entries[at].packed)) {
      at--;
    }
    return at;
  }

  /**
   * With a record as it is now. Where it has become too large, the oldest of the others give way;
   * where it is too large by itself, it is not kept any more.
   */
  Kept replaced(int at, byte[] packed, int bytesMax) {
    boolean fits = packed.length <= bytesMax;
    int over = fits ? bytes + packed.length - entries[at].packed.length - bytesMax : 0;
    List<Entry> next = new ArrayList<>(entries.length);
    for (int i = 0; i < entries.length; i++) {
      Entry kept = entries[i];
      if (i == at && fits) {
        next.add(new Entry(kept.clock, packed));
      } else if (i != at && over > 0) {
        over -= kept.packed.length;
      } else if (i != at) {
        next.add(kept);
      }
    }
    return new Kept(next.toArray(Entry[]::new));
  }
}
