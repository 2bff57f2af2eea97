// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

/** A value of an attribute or of a configuration: text, number or truth value. */
public sealed interface Scalar {
  /** A string. */
  record Text(String value) implements Scalar {}

  /** An integer. */
  record Whole(long value) implements Scalar {}

  /** A finite number that is no integer. */
  record Decimal(double value) implements Scalar {}

  /** True or false. */
  record Flag(boolean value) implements Scalar {}
}
