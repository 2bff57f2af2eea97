// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where a {@link Track} is written, or read from, field by field, lowest byte first. Before all
 * fields stand flags, which say what is written at all: most fields say again what another one
 * says, and each byte less is one that the job need not fetch, copy and save with each event.
 */
final class TrackBytes {
  /** There is a newest number. */
  static final int SEEN = 1;

  /** It was the same more than once in a row. */
  static final int REPEATED = 1 << 1;

  /** There is an estimate. */
  static final int ESTIMATED = 1 << 2;

  /** It is stretched. */
  static final int STRETCHED = 1 << 3;

  /** The newest value that was accepted is another one than the newest number. */
  static final int ACCEPTED = 1 << 4;

  /** The minute of the pending values is another one than that of the newest number. */
  static final int MINUTE = 1 << 5;

  /** The newest of the values of the minute is another one than the newest number. */
  static final int MINUTE_LAST = 1 << 6;

  /** No value of the minute is pending. */
  static final int MINUTE_EMPTY = 1 << 7;

  /** There are pending values before those of the minute. */
  static final int HOUR_LAST = 1 << 8;

  /** The windows of the hour are open. */
  static final int HOURS_OPEN = 1 << 9;

  /** Flags, kind of the newest value. */
  static final int KIND_AT = Short.BYTES;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private int flags;

  /** From here on there. */
  TrackBytes at(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
    return this;
  }

  /** Reads the flags, which are first. */
  void readFlags() {
    flags = (short) SHORTS.get(bytes, at) & 0xffff;
    at += Short.BYTES;
  }

  /** Writes them. */
  void putFlags(int now) {
    flags = now;
    SHORTS.set(bytes, at, (short) now);
    at += Short.BYTES;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  byte nextByte() {
    return bytes[at++];
  }

  int nextInt() {
    int value = (int) INTS.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  long nextLong() {
    long value = (long) LONGS.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  double nextDouble() {
    double value = (double) DOUBLES.get(bytes, at);
    at += Double.BYTES;
    return value;
  }

  void put(byte value) {
    bytes[at++] = value;
  }

  void put(int value) {
    INTS.set(bytes, at, value);
    at += Integer.BYTES;
  }

  void put(long value) {
    LONGS.set(bytes, at, value);
    at += Long.BYTES;
  }

  void put(double value) {
    DOUBLES.set(bytes, at, value);
    at += Double.BYTES;
  }

  void put(byte[] from, int start, int length) {
    System.arraycopy(from, start, bytes, at, length);
    at += length;
  }

  byte[] array() {
    return bytes;
  }

  int place() {
    return at;
  }

  void skip(int length) {
    at += length;
  }
}
