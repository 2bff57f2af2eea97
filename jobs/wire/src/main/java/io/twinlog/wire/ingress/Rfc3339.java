// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an instant as RFC 3339 writes it: date, time, and an offset that must be there. Digits
 * beyond milliseconds are cut off; a leap second is no instant here.
 */
final class Rfc3339 {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})"
              + "(?:\\.([0-9]{1,18}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");
  private static final int LENGTH_MAX = 44;
  private static final long DAY = 86_400_000;

  private Rfc3339() {}

  /** Epoch milliseconds; empty when it is not of the form, or there is no such date or time. */
  static OptionalLong read(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.length() > LENGTH_MAX || !parts.matches()) {
      return OptionalLong.empty();
    }
    int hour = number(parts, 4);
    int minute = number(parts, 5);
    int second = number(parts, 6);
    if (hour > 23 || minute > 59 || second > 59) {
      return OptionalLong.empty();
    }
    OptionalLong offset = offsetMinutes(parts);
    OptionalLong day = epochDay(parts);
    if (offset.isEmpty() || day.isEmpty()) {
      return OptionalLong.empty();
    }
    long minutes = hour * 60L + minute - offset.getAsLong();
    return OptionalLong.of(
        day.getAsLong() * DAY + minutes * 60_000 + second * 1_000L + millis(parts.group(7)));
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static OptionalLong epochDay(Matcher parts) {
    try {
      return OptionalLong.of(
          LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)).toEpochDay());
    } catch (DateTimeException e) {
      // No such day: the 30th of February. The caller reports it.
      return OptionalLong.empty();
    }
  }

  private static OptionalLong offsetMinutes(Matcher parts) {
    if (parts.group(8) == null) {
      return OptionalLong.of(0);
    }
    int hours = number(parts, 9);
    int minutes = number(parts, 10);
    if (hours > 23 || minutes > 59) {
      return OptionalLong.empty();
    }
    int offset = hours * 60 + minutes;
    return OptionalLong.of(parts.group(8).equals("-") ? -offset : offset);
  }

  private static long millis(String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
  }
}
