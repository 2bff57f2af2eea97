// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * Writes ASCII text into one array that is used again and again: a fleet writes many thousand
 * messages a second. It escapes nothing. Not for threads to share.
 */
final class Ascii {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long[] SCALES = {1, 10, 100, 1_000, 10_000};

  private byte[] bytes = new byte[1_024];
  private int length;

  private long day = Long.MIN_VALUE;
  private String date = "";

  /** What a number with so many decimals is to be multiplied with to be whole. */
  static long scale(int decimals) {
    return SCALES[decimals];
  }

  Ascii clear() {
    length = 0;
    return this;
  }

  Ascii text(String text) {
    int more = text.length();
    require(more);
    for (int i = 0; i < more; i++) {
      bytes[length + i] = (byte) text.charAt(i);
    }
    length += more;
    return this;
  }

  Ascii text(Ascii other) {
    require(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
    return this;
  }

  Ascii number(long value) {
    if (value < 0) {
      symbol('-');
      return number(-value);
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return padded(value, digits);
  }

  /** A number, rounded, with at most so many decimals. */
  Ascii decimal(double value, int decimals) {
    long scale = SCALES[decimals];
    long whole = Math.round(value * scale);
    if (whole < 0) {
      symbol('-');
      whole = -whole;
    }
    number(whole / scale);
    if (decimals > 0) {
      symbol('.');
      padded(whole % scale, decimals);
    }
    return this;
  }

  /** RFC 3339 in UTC, with milliseconds. */
  Ascii instant(long millis) {
    long newDay = Math.floorDiv(millis, DAY_MILLIS);
    if (newDay != day) {
      day = newDay;
      date = LocalDate.ofEpochDay(day).toString();
    }
    long rest = millis - day * DAY_MILLIS;
    text(date).symbol('T');
    padded(rest / 3_600_000, 2).symbol(':');
    padded(rest / 60_000 % 60, 2).symbol(':');
    padded(rest / 1_000 % 60, 2).symbol('.');
    return padded(rest % 1_000, 3).symbol('Z');
  }

  private Ascii symbol(char symbol) {
    require(1);
    bytes[length++] = (byte) symbol;
    return this;
  }

  private Ascii padded(long value, int digits) {
    require(digits);
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
