// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The ids that a key has applied of late, to drop what a producer sends twice: hashes in a ring,
 * bounded by count and by age. 64 bits per id: two of a device's ids collide once in 10^17 events.
 */
final class RecentIds {
  private final long[] hashes;
  private final long[] clocks;
  private int size;
  private int oldest;

  RecentIds(int max) {
    this.hashes = new long[max];
    this.clocks = new long[max];
  }

  /** Whether {@code hash} was added, and is neither pushed out nor older than {@code since}. */
  boolean contains(long hash, long since) {
    for (int i = 0; i < size; i++) {
      int at = (oldest + i) % hashes.length;
      if (hashes[at] == hash && clocks[at] >= since) {
        return true;
      }
    }
    return false;
  }

  /** Adds an id; what is older than {@code since} goes, and the oldest where there is no room. */
  void add(long hash, long clock, long since) {
    if (hashes.length == 0) {
      return;
    }
    while (size > 0 && (size == hashes.length || clocks[oldest] < since)) {
      oldest = (oldest + 1) % hashes.length;
      size--;
    }
    int at = (oldest + size) % hashes.length;
    hashes[at] = hash;
    clocks[at] = clock;
    size++;
  }

  int size() {
    return size;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      int at = (oldest + i) % hashes.length;
      out.writeLong(hashes[at]);
      out.writeLong(clocks[at]);
    }
  }

  /** What {@link #write} wrote; where {@code max} has become smaller, the newest. */
  static RecentIds read(DataInput in, int max) throws IOException {
    RecentIds ids = new RecentIds(max);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      ids.add(in.readLong(), in.readLong(), Long.MIN_VALUE);
    }
    return ids;
  }
}
