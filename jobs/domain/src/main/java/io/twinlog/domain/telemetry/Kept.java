// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;
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

  /** With one more; those that are too old, or too many, or too large together, give way. */
  Kept with(Entry entry, LongPredicate tooOld, int entriesMax, int bytesMax) {
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
    if (entriesMax == 0 || bytes > bytesMax) {
      return NONE;
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

  Kept replaced(int at, byte[] packed) {
    Entry[] next = entries.clone();
    next[at] = new Entry(entries[at].eventId, entries[at].clock, packed);
    return new Kept(next);
  }
}
