// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * Records that wait for their results, each packed, oldest first. Immutable.
 *
 * <p>When each was accepted and how long it is stand side by side: one that gives way to another
 * need not be looked at, which of a device that was silent for a while costs a look into main
 * memory.
 */
public final class Kept {
  public static final Kept NONE = new Kept(new long[0], new byte[0][]);

  // Of the i-th: its clock at 2 i, its bytes at 2 i + 1.
  private final long[] marks;
  private final byte[][] records;
  private final int bytes;

  private Kept(long[] marks, byte[][] records) {
    this.marks = marks;
    this.records = records;
    int sum = 0;
    for (int i = 1; i < marks.length; i += 2) {
      sum += (int) marks[i];
    }
    this.bytes = sum;
  }

  /**
   * These records.
   *
   * @param clocks at which they were accepted
   * @param records not to be changed
   */
  public static Kept of(long[] clocks, byte[][] records) {
    if (records.length == 0) {
      return NONE;
    }
    long[] marks = new long[2 * clocks.length];
    for (int i = 0; i < clocks.length; i++) {
      marks[2 * i] = clocks[i];
      marks[2 * i + 1] = records[i].length;
    }
    return new Kept(marks, records);
  }

  /** How many there are. */
  public int size() {
    return records.length;
  }

  /** The clock at which the i-th was accepted. */
  public long clock(int i) {
    return marks[2 * i];
  }

  /** The i-th; not to be changed. */
  public byte[] packed(int i) {
    return records[i];
  }

  private int length(int i) {
    return (int) marks[2 * i + 1];
  }

  /** Bytes that they take together. */
  public int bytes() {
    return bytes;
  }

  /**
   * With one more; those that are too old, or too many, or too large together, give way. One that
   * is too large by itself is not kept.
   */
  Kept with(long clock, byte[] packed, LongPredicate tooOld, int recordsMax, int bytesMax) {
    if (recordsMax == 0) {
      return NONE;
    }
    if (packed.length > bytesMax) {
      return this;
    }
    int size = records.length;
    int from = 0;
    int left = bytes + packed.length;
    while (from < size
        && (tooOld.test(clock(from)) || size - from >= recordsMax || left > bytesMax)) {
      left -= length(from++);
    }
    long[] nextMarks = Arrays.copyOfRange(marks, 2 * from, 2 * size + 2);
    byte[][] next = Arrays.copyOfRange(records, from, size + 1);
    next[size - from] = packed;
    nextMarks[2 * (size - from)] = clock;
    nextMarks[2 * (size - from) + 1] = packed.length;
    return new Kept(nextMarks, next);
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    return bytes + 48 * records.length;
  }

  /** Where the newest record is of which it is true; -1: there is none. */
  int find(Predicate<byte[]> isIt) {
    int at = records.length - 1;
    while (at >= 0 && !isIt.test(records[at])) {
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
    int over = fits ? bytes + packed.length - length(at) - bytesMax : 0;
    long[] clocks = new long[records.length];
    byte[][] next = new byte[records.length][];
    int count = 0;
    for (int i = 0; i < records.length; i++) {
      if (i != at && over > 0) {
        over -= length(i);
      } else if (i != at || fits) {
        clocks[count] = clock(i);
        next[count++] = i == at ? packed : records[i];
      }
    }
    return of(Arrays.copyOf(clocks, count), Arrays.copyOf(next, count));
  }
}
