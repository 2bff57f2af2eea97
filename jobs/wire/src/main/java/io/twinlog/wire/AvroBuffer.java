// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes values in Avro's binary encoding, one after the other, and is used again for each record.
 * Source: Apache Avro 1.11 specification, "Binary encoding".
 */
public final class AvroBuffer {
  /** Of a number of 64 bits. */
  private static final int VARINT_BYTES_MAX = 10;

  private byte[] buffer = new byte[1_024];
  private int size;

  public void clear() {
    size = 0;
  }

  /** All that was written since it was cleared. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** As it is, without a length. */
  public void raw(byte[] bytes, int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
  }

  /** A string, or bytes. */
  public void text(byte[] bytes, int from, int to) {
    number(to - from);
    raw(bytes, from, to);
  }

  public void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    text(bytes, 0, bytes.length);
  }

  public void flag(boolean value) {
    room(1);
    buffer[size++] = (byte) (value ? 1 : 0);
  }

  /** A double: its bits, the lowest byte first. */
  public void decimal(double value) {
    room(Long.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[size++] = (byte) (bits >>> 8 * i);
    }
  }

  /** An int, a long, the place of an enum's symbol or of a union's branch. */
  public void number(long value) {
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
