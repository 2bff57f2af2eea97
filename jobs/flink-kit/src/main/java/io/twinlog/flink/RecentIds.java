// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The ids that a key has applied of late, to drop what a producer sends twice: hashes in a ring,
 * bounded by count and by age. 64 bits per id: two of a device's ids collide once in 10^17 events.
 * The ring grows with what is in it: most keys of a fleet say little.
 */
final class RecentIds {
  private static final int FIRST_LENGTH = 4;

  private final int max;
  private long[] hashes;
  private long[] clocks;
  private int size;
  private int oldest;

  RecentIds(int max) {
    this.max = max;
    this.hashes = new long[Math.min(max, FIRST_LENGTH)];
    this.clocks = new long[hashes.length];
  }

  /** Whether {@code hash} was added, and is neither pushed out nor older than {@code since}. */
  boolean contains(long hash, long since) {
    for (int i = 0; i < size; i++) {
      int at = at(i);
      if (hashes[at] == hash && clocks[at] >= since) {
        return true;
      }
    }
    return false;
  }

  /** Adds an id; what is older than {@code since} goes, and the oldest where there is no room. */
  void add(long hash, long clock, long since) {
    if (max == 0) {
      return;
    }
    while (size > 0 && (size == max || clocks[oldest] < since)) {
      oldest = at(1);
      size--;
    }
    if (size == hashes.length) {
      grow();
    }
    int at = at(size);
    hashes[at] = hash;
    clocks[at] = clock;
    size++;
  }

  private void grow() {
    int length = (int) Math.min(max, 2L * hashes.length);
    long[] grownHashes = new long[length];
    long[] grownClocks = new long[length];
    for (int i = 0; i < size; i++) {
      grownHashes[i] = hashes[at(i)];
      grownClocks[i] = clocks[at(i)];
    }
    hashes = grownHashes;
    clocks = grownClocks;
    oldest = 0;
  }

  /** Where the i-th of them stands. */
  private int at(int i) {
    int at = oldest + i;
    return at < hashes.length ? at : at - hashes.length;
  }

  RecentIds copy() {
    RecentIds copy = new RecentIds(max);
    copy.hashes = hashes.clone();
    copy.clocks = clocks.clone();
    copy.size = size;
    copy.oldest = oldest;
    return copy;
  }

  int size() {
    return size;
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    return 64 + 2 * Long.BYTES * hashes.length;
  }

  void write(DataOutput out) throws IOException {
    VarLong.write(size, out);
    long before = 0;
    for (int i = 0; i < size; i++) {
      int at = at(i);
      out.writeLong(hashes[at]);
      VarLong.write(clocks[at] - before, out);
      before = clocks[at];
    }
  }

  /** What {@link #write} wrote; where {@code max} has become smaller, the newest. */
  static RecentIds read(DataInput in, int max) throws IOException {
    RecentIds ids = new RecentIds(max);
    int size = VarLong.readInt(in);
    long clock = 0;
    for (int i = 0; i < size; i++) {
      long hash = in.readLong();
      clock += VarLong.read(in);
      ids.add(hash, clock, Long.MIN_VALUE);
    }
    return ids;
  }

  /** The same, as releases before 0.3.0 wrote it: numbers of fixed length. */
  static RecentIds readFixed(DataInput in, int max) throws IOException {
    RecentIds ids = new RecentIds(max);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      ids.add(in.readLong(), in.readLong(), Long.MIN_VALUE);
    }
    return ids;
  }
}
