// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.DataInput;
import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Whole numbers in as few bytes as they need: seven bits a byte, lowest first, the sign folded into
 * the lowest bit. Source: Protocol Buffers encoding, "Signed Integers" (ZigZag).
 */
final class VarLong {
  private VarLong() {}

  /** To this class of Flink's alone: through the interface it costs several times as much. */
  static void write(long value, DataOutputSerializer out) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long read(DataInput in) throws IOException {
    long folded = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      folded |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (folded >>> 1) ^ -(folded & 1);
      }
    }
    throw new IOException("a number has more than ten bytes");
  }

  /**
   * The same, of a number that fits an int.
   *
   * @throws IOException when it does not: the bytes are garbled
   */
  static int readInt(DataInput in) throws IOException {
    long value = read(in);
    if (value != (int) value) {
      throw new IOException(value + " is out of the range of an int");
    }
    return (int) value;
  }
}
