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

  /** What it is made of, as a release packed it that did so otherwise. */
  record Parts(byte kind, long bits, long time, byte[] text) {}

  void set(Parts parts) {
    kind = parts.kind();
    bits = parts.bits();
    time = parts.time();
    text = parts.text();
    textFrom = 0;
    textLength = text.length;
  }

  /** The kind stands before all fields. */
  void read(TrackBytes in, byte kind, Seen newest) {
    this.kind = kind;
    text = NO_TEXT;
    textFrom = 0;
    textLength = 0;
    if (in.has(TrackBytes.ACCEPTED)) {
      bits = in.nextLong();
      time = in.nextLong();
      textLength = kind == TEXT ? in.nextInt() : 0;
    } else if (kind == NONE) {
      clear();
    } else {
      bits = bits(kind, newest.value());
      time = newest.time();
    }
  }

  private static long bits(byte kind, double number) {
    return kind == WHOLE ? (long) number : Double.doubleToRawLongBits(number);
  }

  /** The text stands behind all fields. */
  void readText(TrackBytes in) {
    text = in.array();
    textFrom = in.place();
    in.skip(textLength);
  }

  byte kind() {
    return kind;
  }

  int flags(Seen newest) {
    if (kind == NONE) {
      return 0;
    }
    boolean number = kind == DECIMAL || kind == WHOLE && (double) bits == newest.value();
    boolean same = number && !newest.isNothing() && time == newest.time();
    return same && bits == bits(kind, newest.value()) ? 0 : TrackBytes.ACCEPTED;
  }

  /** Bytes of its fields, without the text. */
  int fieldBytes(int flags) {
    if ((flags & TrackBytes.ACCEPTED) == 0) {
      return 0;
    }
    return 2 * Long.BYTES + (kind == TEXT ? Integer.BYTES : 0);
  }

  void write(TrackBytes out) {
    if (out.has(TrackBytes.ACCEPTED)) {
      out.put(bits);
      out.put(time);
      if (kind == TEXT) {
        out.put(textLength);
      }
    }
  }

  void writeText(TrackBytes out) {
    out.put(text, textFrom, textLength);
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
    return bytes[at + TrackBytes.KIND_AT] != NONE;
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
