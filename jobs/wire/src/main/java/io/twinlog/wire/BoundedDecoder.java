// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding from an array, and believes no length in it: nothing is allocated,
 * skipped or repeated beyond the bytes that are there. Does not read from streams.
 *
 * <p>Avro's own decoder allocates what a length prefix asks for before it looks whether the bytes
 * are there, and skips backwards on a negative length. Source: Apache Avro 1.11 specification,
 * "Binary encoding". Items that take no bytes (null, an empty record) count as one byte each.
 */
final class BoundedDecoder extends Decoder {
  private static final int VARINT_BYTES_MAX = 10;

  private final byte[] bytes;
  private int position;
  private long items;

  BoundedDecoder(byte[] bytes, int from) {
    this.bytes = bytes;
    this.position = from;
  }

  boolean isEnd() {
    return position == bytes.length;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws EOFException {
    byte value = bytes[take(1)];
    if (value != 0 && value != 1) {
      throw new AvroRuntimeException("a boolean is 0 or 1, not " + value);
    }
    return value == 1;
  }

  @Override
  public int readInt() throws EOFException {
    long value = readLong();
    if (value != (int) value) {
      throw new AvroRuntimeException("an int of more than 32 bits: " + value);
    }
    return (int) value;
  }

  @Override
  public long readLong() throws EOFException {
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      byte next = bytes[take(1)];
      value |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new AvroRuntimeException("a number of more than " + VARINT_BYTES_MAX + " bytes");
  }

  @Override
  public float readFloat() throws EOFException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  @Override
  public double readDouble() throws EOFException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  private long littleEndian(int width) throws EOFException {
    int from = take(width);
    long bits = 0;
    for (int i = width - 1; i >= 0; i--) {
      bits = bits << 8 | bytes[from + i] & 0xff;
    }
    return bits;
  }

  @Override
  public Utf8 readString(Utf8 old) throws EOFException {
    return new Utf8(readString());
  }

  @Override
  public String readString() throws EOFException {
    int length = length();
    int from = take(length);
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    // Ill-formed bytes become U+FFFD, which may also have been there: then it encodes back to them.
    if (text.indexOf('\uFFFD') >= 0
        && !Arrays.equals(
            text.getBytes(StandardCharsets.UTF_8),
            Arrays.copyOfRange(bytes, from, from + length))) {
      throw new AvroRuntimeException("a string that is not well-formed UTF-8");
    }
    return text;
  }

  @Override
  public void skipString() throws EOFException {
    take(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws EOFException {
    int length = length();
    int from = take(length);
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + length));
  }

  @Override
  public void skipBytes() throws EOFException {
    take(length());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws EOFException {
    System.arraycopy(bytes, take(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) throws EOFException {
    take(length);
  }

  @Override
  public int readEnum() throws EOFException {
    return readInt();
  }

  @Override
  public int readIndex() throws EOFException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws EOFException {
    return block();
  }

  @Override
  public long arrayNext() throws EOFException {
    return block();
  }

  @Override
  public long readMapStart() throws EOFException {
    return block();
  }

  @Override
  public long mapNext() throws EOFException {
    return block();
  }

  @Override
  public long skipArray() throws EOFException {
    return skipBlocks();
  }

  @Override
  public long skipMap() throws EOFException {
    return skipBlocks();
  }

  /** Number of items in the next block; 0 ends the collection. */
  private long block() throws EOFException {
    long count = readLong();
    if (count < 0) {
      // A negative count is followed by the bytes of the block, which a skipping reader would use.
      checked(readLong());
      count = -count;
    }
    return counted(count);
  }

  /** Skips blocks that say how many bytes they have; the items of the next one, or 0 at the end. */
  private long skipBlocks() throws EOFException {
    long count = readLong();
    while (count < 0) {
      take(length());
      count = readLong();
    }
    return counted(count);
  }

  private long counted(long count) throws EOFException {
    checked(count);
    items += count;
    if (items > bytes.length) {
      throw new AvroRuntimeException("more items than bytes");
    }
    return count;
  }

  private int length() throws EOFException {
    return checked(readLong());
  }

  private int checked(long length) throws EOFException {
    if (length < 0) {
      throw new AvroRuntimeException("a negative length: " + length);
    }
    if (length > bytes.length - position) {
      throw new EOFException(
          "a length of " + length + " where " + (bytes.length - position) + " bytes are left");
    }
    return (int) length;
  }

  /** Moves on; where the bytes begin that were passed. */
  private int take(int length) throws EOFException {
    int from = position;
    position += checked(length);
    return from;
  }
}
