// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a subscriber is in one partition: all before {@link #next} is handled, but the records
 * that wait, by their keys. It is what is noted along with Kafka's offset, so that a restart loses
 * none of them and repeats none of the others. It knows no Kafka, and no clock but the one it is
 * told.
 */
final class Progress {
  /** A broker takes 4,096 characters of what is noted, unless told otherwise. */
  static final int NOTE_CHARACTERS_MAX = 4_000;

  private static final byte LAYOUT = 1;
  private static final int BITS = 7;

  private final Map<String, Waiting> keys = new LinkedHashMap<>();
  private long next;
  private int waiting;

  /** A key that waits: its records in their order, the first of which has failed. */
  static final class Waiting {
    final Deque<Received> records = new ArrayDeque<>();
    int failures;
    boolean parked;

    /** On the clock that the progress is told; of a parked one it says nothing. */
    long dueNanos;

    String why = "";
  }

  /**
   * A record that was noted as waiting.
   *
   * @param parked whether its key was
   */
  record Noted(long offset, boolean parked) {}

  Progress(long next) {
    this.next = next;
  }

  long next() {
    return next;
  }

  /** A record was read, and has been handled, passed over, or waits. */
  void passed(long offset) {
    next = Math.max(next, offset + 1);
  }

  /** Whether the record must wait behind others of its key. */
  boolean isWaitingFor(Received record) {
    return keys.containsKey(keyOf(record));
  }

  /** It does. */
  void waits(Received record) {
    keys.get(keyOf(record)).records.add(record);
    waiting++;
  }

  /** What has no key waits for itself alone. */
  private static String keyOf(Received record) {
    return record.key().isEmpty() ? "\n" + record.offset() : record.key();
  }

  /** The record is the first one of its key that waits. */
  Waiting hold(Received record) {
    Waiting key = new Waiting();
    key.records.add(record);
    keys.put(keyOf(record), key);
    waiting++;
    return key;
  }

  /** The keys whose turn has come. */
  List<Waiting> due(long nowNanos) {
    return keys.values().stream()
        .filter(key -> !key.parked && key.dueNanos - nowNanos <= 0)
        .toList();
  }

  /** The first record of a key is done with. Whether others of it wait. */
  boolean done(Waiting key) {
    Received first = key.records.remove();
    waiting--;
    key.failures = 0;
    if (key.records.isEmpty()) {
      keys.remove(keyOf(first));
      return false;
    }
    return true;
  }

  /** A parked key waits no more: what waited for it is gone. How many records that were. */
  int discard(String name) {
    List<Waiting> gone = parked(name);
    keys.values().removeAll(gone);
    int records = gone.stream().mapToInt(key -> key.records.size()).sum();
    waiting -= records;
    return records;
  }

  /** What is parked of a key; of the empty one all records without a key. */
  List<Waiting> parked(String name) {
    return keys.values().stream()
        .filter(key -> key.parked && key.records.element().key().equals(name))
        .toList();
  }

  /** By the key; of a record without one by its offset. */
  Map<String, Waiting> keys() {
    return new LinkedHashMap<>(keys);
  }

  /** Records that wait. */
  int waiting() {
    return waiting;
  }

  /** Whether there is no room for another one that waits, or for its note. */
  boolean isFull(int waitingMax) {
    return waiting >= waitingMax || waiting > 0 && note().length() > NOTE_CHARACTERS_MAX;
  }

  /** What waits, as it is kept beside the offset; empty: nothing does. */
  String note() {
    if (waiting == 0) {
      return "";
    }
    TreeMap<Long, Boolean> offsets = new TreeMap<>();
    for (Waiting key : keys.values()) {
      key.records.forEach(record -> offsets.put(record.offset(), key.parked));
    }
    ByteBuffer bytes = ByteBuffer.allocate(1 + 10 * offsets.size());
    bytes.put(LAYOUT);
    long before = 0;
    for (Map.Entry<Long, Boolean> offset : offsets.entrySet()) {
      write((offset.getKey() - before) << 1 | (offset.getValue() ? 1 : 0), bytes);
      before = offset.getKey();
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOf(bytes.array(), bytes.position()));
  }

  private static void write(long number, ByteBuffer bytes) {
    long left = number;
    while (left >= 1 << BITS) {
      bytes.put((byte) (left & 0x7f | 0x80));
      left >>>= BITS;
    }
    bytes.put((byte) left);
  }

  /**
   * Reads a note.
   *
   * @throws IllegalArgumentException when a subscriber did not write it
   */
  static List<Noted> noted(String note) {
    List<Noted> noted = new ArrayList<>();
    if (note.isEmpty()) {
      return noted;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(note));
    if (bytes.get() != LAYOUT) {
      throw new IllegalArgumentException("a newer build has noted what waits: " + note);
    }
    long before = 0;
    try {
      while (bytes.hasRemaining()) {
        long number = read(bytes);
        before += number >>> 1;
        noted.add(new Noted(before, (number & 1) == 1));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a note that was cut: " + note, e);
    }
    return noted;
  }

  private static long read(ByteBuffer bytes) {
    long number = 0;
    int shift = 0;
    byte part;
    do {
      part = bytes.get();
      number |= (long) (part & 0x7f) << shift;
      shift += BITS;
    } while (part < 0);
    return number;
  }
}
