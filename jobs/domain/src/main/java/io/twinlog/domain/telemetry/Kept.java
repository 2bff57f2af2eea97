// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Records that wait for their results, oldest first. Immutable.
 *
 * @param entries not to be changed
 */
public record Kept(Entry[] entries) {
  public static final Kept NONE = new Kept(new Entry[0]);

  /**
   * A record.
   *
   * @param eventId the second half of its data id
   * @param clock at which it was accepted
   * @param packed the record
   */
  public record Entry(String eventId, long clock, byte[] packed) {}

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
    int bytes = entry.packed.length;
    for (Entry kept : entries) {
      bytes += kept.packed.length;
    }
    while (from < entries.length
        && (tooOld.test(entries[from].clock)
            || entries.length - from >= entriesMax
            || bytes > bytesMax)) {
      bytes -= entries[from++].packed.length;
    }
    Entry[] next = Arrays.copyOfRange(entries, from, entries.length + 1);
    next[next.length - 1] = entry;
    return new Kept(next);
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    int bytes = 0;
    for (Entry entry : entries) {
      bytes += 120 + entry.eventId.length() + entry.packed.length;
    }
    return bytes;
  }

  /** Where the record of an event is; -1: it is not. */
  int find(String eventId) {
    int at = entries.length - 1;
    while (at >= 0 && !entries[at].eventId.equals(eventId)) {
      at--;
    }
    return at;
  }

  /**
   * With a record as it is now. Where it has become too large, the oldest of the others give way;
   * where it is too large by itself, it is not kept any more.
   */
  Kept replaced(int at, byte[] packed, int bytesMax) {
    int bytes = packed.length - entries[at].packed.length;
    for (Entry kept : entries) {
      bytes += kept.packed.length;
    }
    boolean fits = packed.length <= bytesMax;
    int over = fits ? bytes - bytesMax : 0;
    List<Entry> next = new ArrayList<>(entries.length);
    for (int i = 0; i < entries.length; i++) {
      Entry kept = entries[i];
      if (i == at && fits) {
        next.add(new Entry(kept.eventId, kept.clock, packed));
      } else if (i != at && over > 0) {
        over -= kept.packed.length;
      } else if (i != at) {
        next.add(kept);
      }
    }
    return new Kept(next.toArray(Entry[]::new));
  }
}
