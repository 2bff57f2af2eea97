// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The ids that a key has applied of late, to drop what a producer sends twice: hashes in a ring,
 * bounded by count and by age. 64 bits per id: two of a device's ids collide once in 10^17 events.
 * The ring grows with what is in it: most keys of a fleet say little.
 */
final class RecentIds {
  private static final int FIRST_LENGTH = 4;

  private final int max;
  // Hash and clock of an id side by side: of a key that was not worked on of late, each further
  // array costs a look into main memory.
  private long[] ring;
  private int length;
  private int size;
  private int oldest;

  RecentIds(int max) {
    this.max = max;
    this.length = Math.min(max, FIRST_LENGTH);
    this.ring = new long[2 * length];
  }

  /** Whether {@code hash} was added, and is neither pushed out nor older than {@code since}. */
  boolean contains(long hash, long since) {
    for (int i = 0; i < size; i++) {
      int at = at(i);
      if (ring[at] == hash && ring[at + 1] >= since) {
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
    while (size > 0 && (size == max || ring[2 * oldest + 1] < since)) {
      oldest = oldest + 1 == length ? 0 : oldest + 1;
      size--;
    }
    if (size == length) {
      grow();
    }
    int at = at(size);
    ring[at] = hash;
    ring[at + 1] = clock;
    size++;
  }

  private void grow() {
    int grownLength = (int) Math.min(max, 2L * length);
    long[] grown = new long[2 * grownLength];
    for (int i = 0; i < size; i++) {
      grown[2 * i] = ring[at(i)];
      grown[2 * i + 1] = ring[at(i) + 1];
    }
    ring = grown;
    length = grownLength;
    oldest = 0;
  }

  /** Where the i-th of them stands: its hash; its clock is next to it. */
  private int at(int i) {
    int at = oldest + i;
    return 2 * (at < length ? at : at - length);
  }

  RecentIds copy() {
    RecentIds copy = new RecentIds(max);
    copy.ring = ring.clone();
    copy.length = length;
    copy.size = size;
    copy.oldest = oldest;
    return copy;
  }

  int size() {
    return size;
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    return 64 + Long.BYTES * ring.length;
  }

  void write(DataOutputSerializer out) throws IOException {
    VarLong.write(size, out);
    long before = 0;
    for (int i = 0; i < size; i++) {
      int at = at(i);
      out.writeLong(ring[at]);
      VarLong.write(ring[at + 1] - before, out);
      before = ring[at + 1];
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
