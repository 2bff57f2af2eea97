// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the fields of a {@link Track} stand in its bytes, lowest byte first; behind them the text
 * of its newest value, then the values that are pending.
 */
final class TrackLayout {
  static final int VALUE = 0;
  static final int TIME = 8;
  static final int SAME_VALUE = 16;
  static final int SAME_SINCE = 24;
  static final int LEVEL = 32;
  static final int SCALE = 40;
  static final int STRETCH = 48;
  static final int LAST = 56;
  static final int LAST_TIME = 64;
  static final int MINUTE = 72;
  static final int MINUTE_TIME = 80;
  static final int MINUTE_LAST = 88;
  static final int HOUR_TIME = 96;
  static final int HOUR_LAST = 104;
  static final int SAME = 112;
  static final int VALUES = 116;
  static final int TEXT_LENGTH = 120;
  static final int HOURS = 124;
  static final int FAR = 128;
  static final int KIND = 129;
  static final int ROOM = 130;
  static final int FROM = 131;
  static final int COUNT = 132;
  static final int HOURS_OPEN = 133;
  static final int FIELDS = 134;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private TrackLayout() {}

  static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static double doubleAt(byte[] bytes, int at) {
    return (double) DOUBLES.get(bytes, at);
  }

  static void put(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  static void put(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static void put(byte[] bytes, int at, double value) {
    DOUBLES.set(bytes, at, value);
  }
}
