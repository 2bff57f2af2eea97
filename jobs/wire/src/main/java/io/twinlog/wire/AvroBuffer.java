// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes values in Avro's binary encoding, one after the other, and is used again for each record.
 * Source: Apache Avro 1.11 specification, "Binary encoding".
 */
public final class AvroBuffer {
  /** Of a number of 64 bits. */
  private static final int VARINT_BYTES_MAX = 10;

  /** Texts up to here are written letter by letter, as an array for each would cost more. */
  private static final int SHORT = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer = new byte[1_024];
  private int size;

  public void clear() {
    size = 0;
  }

  /** All that was written since it was cleared. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** Whether these begin with all that was written since it was cleared. */
  public boolean isBeginOf(byte[] bytes) {
    return size <= bytes.length && Arrays.equals(buffer, 0, size, bytes, 0, size);
  }

  /** All that was written since it was cleared, behind its length. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(size);
    out.write(buffer, 0, size);
  }

  /** As it is, without a length. */
  public void raw(byte[] bytes, int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, buffer, size, to - from);
    size += to - from;
  }

  /** All that was written to another one. */
  public void raw(AvroBuffer other) {
    raw(other.buffer, 0, other.size);
  }

  /** A string, or bytes. */
  public void text(byte[] bytes, int from, int to) {
    number(to - from);
    raw(bytes, from, to);
  }

  /** All that was written to another one, as bytes. */
  public void text(AvroBuffer other) {
    text(other.buffer, 0, other.size);
  }

  public void text(String text) {
    int length = text.length();
    if (length <= SHORT && isAscii(text)) {
      number(length);
      room(length);
      for (int i = 0; i < length; i++) {
        buffer[size++] = (byte) text.charAt(i);
      }
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    text(bytes, 0, bytes.length);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  public void flag(boolean value) {
    room(1);
    buffer[size++] = (byte) (value ? 1 : 0);
  }

  /** A double: its bits, the lowest byte first. */
  public void decimal(double value) {
    room(Long.BYTES);
    LONGS.set(buffer, size, Double.doubleToRawLongBits(value));
    size += Long.BYTES;
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
