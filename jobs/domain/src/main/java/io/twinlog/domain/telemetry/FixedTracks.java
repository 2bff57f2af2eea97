// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Tracks as release 0.4.0 packed them, in layout 2 of telemetry: each field at its place, whether
 * it says something or not; lowest byte first; behind them the text of the newest value, then the
 * values that are pending. They are read for ever, and never written.
 */
final class FixedTracks {
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

  private FixedTracks() {}

  static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static double doubleAt(byte[] bytes, int at) {
    return (double) DOUBLES.get(bytes, at);
  }

  /** The same tracks as {@link Lane#pack} has them. */
  static byte[] repacked(byte[] packed, int count) {
    Track[] tracks = new Track[count];
    for (int i = 0; i < count; i++) {
      tracks[i] = read(packed, intAt(packed, i * Integer.BYTES));
    }
    return Lane.pack(tracks, count);
  }

  private static Track read(byte[] bytes, int at) {
    Track track = new Track();
    track.see(seen(bytes, at), estimate(bytes, at));
    track.newest().set(newest(bytes, at));
    track.pending().set(pending(bytes, at));
    track.hoursCount(intAt(bytes, at + HOURS));
    return track;
  }

  private static Seen seen(byte[] bytes, int at) {
    int same = intAt(bytes, at + SAME);
    return same == 0
        ? Seen.NOTHING
        : new Seen(
            doubleAt(bytes, at + VALUE),
            longAt(bytes, at + TIME),
            same,
            doubleAt(bytes, at + SAME_VALUE),
            longAt(bytes, at + SAME_SINCE));
  }

  private static RobustEstimate estimate(byte[] bytes, int at) {
    int values = intAt(bytes, at + VALUES);
    return values == 0
        ? RobustEstimate.NONE
        : new RobustEstimate(
            values,
            bytes[at + FAR],
            doubleAt(bytes, at + LEVEL),
            doubleAt(bytes, at + SCALE),
            doubleAt(bytes, at + STRETCH),
            doubleAt(bytes, at + VALUE));
  }

  private static NewestValue.Parts newest(byte[] bytes, int at) {
    return new NewestValue.Parts(
        bytes[at + KIND],
        longAt(bytes, at + LAST),
        longAt(bytes, at + LAST_TIME),
        Arrays.copyOfRange(bytes, at + FIELDS, at + FIELDS + intAt(bytes, at + TEXT_LENGTH)));
  }

  private static Pending.Parts pending(byte[] bytes, int at) {
    double[] values = new double[bytes[at + COUNT]];
    int valuesAt = at + FIELDS + intAt(bytes, at + TEXT_LENGTH);
    for (int i = 0; i < values.length; i++) {
      values[i] = doubleAt(bytes, valuesAt + i * Double.BYTES);
    }
    return new Pending.Parts(
        values,
        bytes[at + FROM],
        bytes[at + ROOM],
        bytes[at + HOURS_OPEN] != 0,
        longAt(bytes, at + MINUTE),
        new Pending.Last(longAt(bytes, at + MINUTE_TIME), doubleAt(bytes, at + MINUTE_LAST)),
        new Pending.Last(longAt(bytes, at + HOUR_TIME), doubleAt(bytes, at + HOUR_LAST)));
  }
}
