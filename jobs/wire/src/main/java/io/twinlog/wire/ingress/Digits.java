// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/**
 * Reads numbers and instants from their usual form in bytes. What has another form may still be
 * one: that is for {@link Rfc3339} and the tree to say.
 */
final class Digits {
  /** Every number of so many digits fits into 64 bits. */
  private static final int LONG_DIGITS_MAX = 18;

  private static final int FRACTION_MAX = 18;
  private static final int DATE_TIME = "2026-01-01T00:00:00".length();
  private static final int OFFSET = "+01:00".length();
  private static final int YEAR_MIN = 1970;
  private static final long DAY = 86_400_000;

  private Digits() {}

  /** A whole number of at least 0. */
  static long whole(byte[] bytes, int from, int to) throws NotSure {
    if (to - from > LONG_DIGITS_MAX) {
      throw NotSure.INSTANCE;
    }
    return number(bytes, from, to);
  }

  private static long number(byte[] bytes, int from, int to) throws NotSure {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + digit(bytes[i]);
    }
    return value;
  }

  private static int digit(byte next) throws NotSure {
    int digit = next - '0';
    if (digit < 0 || digit > 9) {
      throw NotSure.INSTANCE;
    }
    return digit;
  }

  /** Epoch milliseconds of RFC 3339, from 1970 on; digits beyond milliseconds are cut off. */
  static long instant(byte[] bytes, int from, int to) throws NotSure {
    if (to - from <= DATE_TIME) {
      throw NotSure.INSTANCE;
    }
    require(bytes[from + 4] == '-' && bytes[from + 7] == '-');
    require((bytes[from + 10] | 0x20) == 't');
    require(bytes[from + 13] == ':' && bytes[from + 16] == ':');
    int year = (int) number(bytes, from, from + 4);
    int month = two(bytes, from + 5);
    int day = two(bytes, from + 8);
    require(year >= YEAR_MIN && month >= 1 && month <= 12);
    require(day >= 1 && day <= daysOf(year, month));
    int at = from + DATE_TIME;
    long time = time(bytes, from + 11);
    if (bytes[at] == '.') {
      int end = at + 1;
      while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
        end++;
      }
      time += millis(bytes, at + 1, end);
      at = end;
    }
    return epochDay(year, month, day) * DAY + time - offset(bytes, at, to);
  }

  private static long time(byte[] bytes, int at) throws NotSure {
    int hour = two(bytes, at);
    int minute = two(bytes, at + 3);
    int second = two(bytes, at + 6);
    require(hour <= 23 && minute <= 59 && second <= 59);
    return (hour * 3_600L + minute * 60L + second) * 1_000;
  }

  private static int millis(byte[] bytes, int from, int to) throws NotSure {
    require(to > from && to - from <= FRACTION_MAX);
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      millis = millis * 10 + (from + i < to ? digit(bytes[from + i]) : 0);
    }
    return millis;
  }

  private static long offset(byte[] bytes, int at, int to) throws NotSure {
    if (to - at == 1 && (bytes[at] | 0x20) == 'z') {
      return 0;
    }
    require(to - at == OFFSET && bytes[at + 3] == ':' && (bytes[at] == '+' || bytes[at] == '-'));
    int hours = two(bytes, at + 1);
    int minutes = two(bytes, at + 4);
    require(hours <= 23 && minutes <= 59);
    long offset = (hours * 60L + minutes) * 60_000;
    return bytes[at] == '-' ? -offset : offset;
  }

  private static int two(byte[] bytes, int at) throws NotSure {
    return digit(bytes[at]) * 10 + digit(bytes[at + 1]);
  }

  private static int daysOf(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Days since 1970-01-01, in the Gregorian calendar; years are counted from March. */
  private static long epochDay(int year, int month, int day) {
    long years = month > 2 ? year : year - 1L;
    int monthFromMarch = (month + 9) % 12;
    int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    return years * 365 + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468;
  }

  private static void require(boolean holds) throws NotSure {
    if (!holds) {
      throw NotSure.INSTANCE;
    }
  }
}
