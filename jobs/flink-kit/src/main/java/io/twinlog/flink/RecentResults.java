// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The last results of a key's commands, to answer a repeat with the first one; bounded by count and
 * by age.
 */
final class RecentResults {
  private static final byte LAYOUT = 1;

  private final Deque<Entry> entries = new ArrayDeque<>();

  private record Entry(String commandId, long clock, byte[] result) {}

  /** The result of a command; null: none is kept. */
  byte[] of(String commandId, long since) {
    for (Entry entry : entries) {
      if (entry.commandId.equals(commandId) && entry.clock >= since) {
        return entry.result;
      }
    }
    return null;
  }

  void add(String commandId, long clock, byte[] result, int max, long since) {
    entries.removeIf(entry -> entry.clock < since);
    while (entries.size() >= max) {
      entries.removeFirst();
    }
    entries.addLast(new Entry(commandId, clock, result));
  }

  /** Bytes on the heap, about. */
  int heapBytes() {
    int bytes = 64;
    for (Entry entry : entries) {
      bytes += 128 + entry.result.length;
    }
    return bytes;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  byte[] encode() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeByte(LAYOUT);
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      Bytes.writeText(entry.commandId, out);
      out.writeLong(entry.clock);
      Bytes.write(entry.result, out);
    }
    return out.getCopyOfBuffer();
  }

  static RecentResults decode(byte[] bytes) throws IOException {
    RecentResults results = new RecentResults();
    if (bytes == null) {
      return results;
    }
    DataInput in = new DataInputDeserializer(bytes);
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException("results have layout " + layout + "; this build reads " + LAYOUT);
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      results.entries.addLast(new Entry(Bytes.readText(in), in.readLong(), Bytes.read(in)));
    }
    return results;
  }
}
