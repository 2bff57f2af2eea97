// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import java.time.Instant;

/** The domain has no null: between its empty text and zero and the nulls of Avro. */
final class Absent {
  private Absent() {}

  static String toNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  static Long toNull(long value) {
    return value == 0 ? null : value;
  }

  static long orZero(Long value) {
    return value == null ? 0 : value;
  }

  static Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  static long millis(Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli();
  }
}
