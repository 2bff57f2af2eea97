// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.util.Arrays;

/**
 * Takes values in Avro's binary encoding, one after the other, and is used again for each record.
 * Source: Apache Avro 1.11 specification, "Binary encoding".
 */
final class AvroBuffer {
  /** Of a number of 64 bits. */
  private static final int VARINT_BYTES_MAX = 10;

  private byte[] buffer = new byte[1_024];
  private int size;

  void clear() {
    size = 0;
  }

  /** All that was written since it was cleared. */
  byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** As it is, without a length. */
  void raw(byte[] bytes, int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
  }

  /** A string, or bytes. */
  void text(byte[] bytes, int from, int to) {
    number(to - from);
    raw(bytes, from, to);
  }

  /** An int, a long, the place of an enum's symbol or of a union's branch. */
  void number(long value) {
    room(VARINT_BYTES_MAX);
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7fL) != 0) {
      buffer[size++] = (byte) (zigzag | 0x80);
      zigzag >>>= 7;
    }
    buffer[size++] = (byte) zigzag;
  }

  private void room(int bytes) {
    if (bytes > buffer.length - size) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
    }
  }
}
