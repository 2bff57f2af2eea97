// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.time.Instant;

/** The domain has no null: between its empty text and zero and the nulls of Avro. */
public final class Absent {
  private Absent() {}

  public static String toNull(String text) {
    return text.isEmpty() ? null : text;
  }

  public static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  public static Long toNull(long value) {
    return value == 0 ? null : value;
  }

  public static long orZero(Long value) {
    return value == null ? 0 : value;
  }

  public static Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  public static long millis(Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli();
  }
}
