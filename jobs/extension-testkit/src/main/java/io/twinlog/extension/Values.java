// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Scalar;

/** Values of metrics, as an example writes them. */
final class Values {
  /** The largest number up to which a double holds every integer. */
  private static final double EXACT_MAX = 1L << 53;

  private Values() {}

  static Scalar scalar(double value) {
    return value == Math.rint(value) && Math.abs(value) <= EXACT_MAX
        ? new Scalar.Whole((long) value)
        : new Scalar.Decimal(value);
  }

  static Scalar scalar(String value) {
    return new Scalar.Text(value);
  }

  static Scalar scalar(boolean value) {
    return new Scalar.Flag(value);
  }
}
