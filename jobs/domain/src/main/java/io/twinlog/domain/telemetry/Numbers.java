// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;

/** Values as numbers. */
final class Numbers {
  /** Beyond it nothing is a measurement, and the squares of sums would overflow. */
  static final double LARGEST = 1e100;

  private Numbers() {}

  static boolean isOne(Scalar value) {
    return value instanceof Scalar.Whole || value instanceof Scalar.Decimal;
  }

  /**
   * The number.
   *
   * @throws IllegalArgumentException when the value is none
   */
  static double of(Scalar value) {
    if (value instanceof Scalar.Decimal decimal) {
      return decimal.value();
    }
    if (value instanceof Scalar.Whole whole) {
      return whole.value();
    }
    throw new IllegalArgumentException(value + " is no number");
  }

  static Check.Kind kind(Scalar value) {
    if (value instanceof Scalar.Text) {
      return Check.Kind.STRING;
    }
    return value instanceof Scalar.Flag ? Check.Kind.BOOLEAN : Check.Kind.NUMBER;
  }

  /** As people write it: no point where there is nothing behind it. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
