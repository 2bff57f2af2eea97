// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.util.Arrays;

/**
 * The keys of the objects that are open, so that a doubled one is noticed. It takes few in one
 * object: where there are more, the slow road has a better way to look for them.
 */
final class KeysSeen {
  private static final int OBJECT_MAX = 64;

  private int[] shapes = new int[OBJECT_MAX];
  private int[] froms = new int[OBJECT_MAX];
  private int[] tos = new int[OBJECT_MAX];
  private int size;

  /** Where the keys of an object that begins now begin. */
  int open() {
    return size;
  }

  /** Forgets the keys of the object that began there. */
  void close(int base) {
    size = base;
  }

  void clear() {
    size = 0;
  }

  /** Takes a key of the innermost object in, which began at {@code base}. */
  void add(int base, byte[] bytes, int from, int to) throws NotSure {
    int shape = shape(bytes, from, to);
    for (int i = base; i < size; i++) {
      if (shapes[i] == shape && Arrays.equals(bytes, froms[i], tos[i], bytes, from, to)) {
        throw NotSure.INSTANCE;
      }
    }
    if (size - base == OBJECT_MAX) {
      throw NotSure.INSTANCE;
    }
    if (size == shapes.length) {
      grow();
    }
    shapes[size] = shape;
    froms[size] = from;
    tos[size++] = to;
  }

  /** Differs for most keys that differ: length, first, middle and last byte. */
  private static int shape(byte[] bytes, int from, int to) {
    return from == to
        ? 0
        : (to - from) << 24
            | (bytes[from] & 0xff) << 16
            | (bytes[(from + to) >>> 1] & 0xff) << 8
            | bytes[to - 1] & 0xff;
  }

  private void grow() {
    int capacity = size * 2;
    shapes = Arrays.copyOf(shapes, capacity);
    froms = Arrays.copyOf(froms, capacity);
    tos = Arrays.copyOf(tos, capacity);
  }
}
