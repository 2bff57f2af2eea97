// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

/**
 * Chooses partitions the way Kafka's default partitioner does, without asking a broker how many
 * there are.
 */
public final class Partitions {
  private Partitions() {}

  /** murmur2(key) mod {@code count}, as a number from 0. */
  public static int of(byte[] key, int count) {
    return (murmur2(key) & 0x7fffffff) % count;
  }

  /** MurmurHash2, 32 bits, seed 0x9747b28c: Kafka's choice (A. Appleby, public domain). */
  static int murmur2(byte[] data) {
    final int multiplier = 0x5bd1e995;
    int hash = 0x9747b28c ^ data.length;
    int whole = data.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int k =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      k *= multiplier;
      k ^= k >>> 24;
      k *= multiplier;
      hash = hash * multiplier ^ k;
    }
    int rest = 0;
    for (int i = data.length - 1; i >= whole; i--) {
      rest = rest << 8 | (data[i] & 0xff);
    }
    if (data.length > whole) {
      hash = (hash ^ rest) * multiplier;
    }
    hash ^= hash >>> 13;
    hash *= multiplier;
    return hash ^ hash >>> 15;
  }
}
