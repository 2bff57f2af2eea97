// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;
import java.nio.charset.StandardCharsets;

/** The newest value of a metric among records that were accepted, of any kind. */
final class NewestValue {
  private static final byte[] NO_TEXT = {};

  private static final byte NONE = 0;
  private static final byte FLAG = 1;
  private static final byte WHOLE = 2;
  private static final byte DECIMAL = 3;
  private static final byte TEXT = 4;

  private byte kind;
  private long bits;
  private byte[] text;
  private int textFrom;
  private int textLength;
  private long time;

  void clear() {
    kind = NONE;
    bits = 0;
    text = NO_TEXT;
    textFrom = 0;
    textLength = 0;
    time = Long.MIN_VALUE;
  }

  void read(byte[] bytes, int at) {
    kind = bytes[at + TrackLayout.KIND];
    bits = TrackLayout.longAt(bytes, at + TrackLayout.LAST);
    time = TrackLayout.longAt(bytes, at + TrackLayout.LAST_TIME);
    text = bytes;
    textFrom = at + TrackLayout.FIELDS;
    textLength = TrackLayout.intAt(bytes, at + TrackLayout.TEXT_LENGTH);
  }

  void write(byte[] bytes, int at) {
    bytes[at + TrackLayout.KIND] = kind;
    TrackLayout.put(bytes, at + TrackLayout.LAST, bits);
    TrackLayout.put(bytes, at + TrackLayout.LAST_TIME, time);
    TrackLayout.put(bytes, at + TrackLayout.TEXT_LENGTH, textLength);
    System.arraycopy(text, textFrom, bytes, at + TrackLayout.FIELDS, textLength);
  }

  /** Bytes of its text. */
  int textBytes() {
    return textLength;
  }

  /** Null: there is none yet. */
  Scalar value() {
    return switch (kind) {
      case FLAG -> new Scalar.Flag(bits != 0);
      case WHOLE -> new Scalar.Whole(bits);
      case DECIMAL -> new Scalar.Decimal(Double.longBitsToDouble(bits));
      case TEXT -> new Scalar.Text(new String(text, textFrom, textLength, StandardCharsets.UTF_8));
      default -> null;
    };
  }

  boolean isThere() {
    return kind != NONE;
  }

  /** Whether the one that was written there has a value. */
  static boolean isThere(byte[] bytes, int at) {
    return bytes[at + TrackLayout.KIND] != NONE;
  }

  /** Event time of it. */
  long time() {
    return time;
  }

  /** A value that was accepted, long texts cut. False: there is a newer one. */
  boolean accept(Scalar accepted, long at) {
    if (kind != NONE && at < time) {
      return false;
    }
    time = at;
    text = NO_TEXT;
    textFrom = 0;
    textLength = 0;
    if (accepted instanceof Scalar.Decimal decimal) {
      kind = DECIMAL;
      bits = Double.doubleToRawLongBits(decimal.value());
    } else if (accepted instanceof Scalar.Whole whole) {
      kind = WHOLE;
      bits = whole.value();
    } else if (accepted instanceof Scalar.Flag flag) {
      kind = FLAG;
      bits = flag.value() ? 1 : 0;
    } else {
      kind = TEXT;
      bits = 0;
      text = cut(((Scalar.Text) accepted).value()).getBytes(StandardCharsets.UTF_8);
      textLength = text.length;
    }
    return true;
  }

  private static String cut(String text) {
    if (text.length() <= Track.TEXT_MAX) {
      return text;
    }
    // Half of a pair of surrogates is no character.
    int end = Track.TEXT_MAX - 1;
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.substring(0, end) + '…';
  }
}
