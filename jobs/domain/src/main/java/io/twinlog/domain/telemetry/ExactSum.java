// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * A sum of doubles without any rounding, so that it is the same in whatever order they come: a list
 * of doubles that do not overlap, smallest first, whose sum it is (J. R. Shewchuk, "Adaptive
 * precision floating-point arithmetic", 1997, section 2.4). Immutable. Doubles beyond 1e300 are not
 * for it.
 */
public final class ExactSum {
  public static final ExactSum ZERO = new ExactSum(new double[0]);

  private final double[] parts;

  private ExactSum(double[] parts) {
    this.parts = parts;
  }

  /** The sum that was kept as {@link #parts}. */
  public static ExactSum of(double[] parts) {
    return parts.length == 0 ? ZERO : new ExactSum(parts);
  }

  /** Smallest first; not to be changed. */
  public double[] parts() {
    return parts;
  }

  /** The sum with all of these; each times itself where {@code squared}. */
  ExactSum plus(double[] values, boolean squared) {
    double[] buffer = Arrays.copyOf(parts, parts.length + 2 * values.length + 2);
    int used = parts.length;
    for (double value : values) {
      if (squared) {
        double product = value * value;
        used = add(buffer, used, Math.fma(value, value, -product));
        used = add(buffer, used, product);
      } else {
        used = add(buffer, used, value);
      }
    }
    return of(Arrays.copyOf(buffer, used));
  }

  /** Adds a number to parts, which may become one more. */
  private static int add(double[] parts, int used, double number) {
    double carried = number;
    int kept = 0;
    for (int i = 0; i < used; i++) {
      double part = parts[i];
      double sum = carried + part;
      double virtual = sum - carried;
      double lost = (carried - (sum - virtual)) + (part - virtual);
      if (lost != 0) {
        parts[kept++] = lost;
      }
      carried = sum;
    }
    if (carried != 0) {
      parts[kept++] = carried;
    }
    return kept;
  }

  /** The double nearest to the sum. */
  public double value() {
    int i = parts.length - 1;
    if (i < 0) {
      return 0;
    }
    double high = parts[i];
    double low = 0;
    while (i > 0 && low == 0) {
      double part = parts[--i];
      double sum = high + part;
      low = part - (sum - high);
      high = sum;
    }
    // Half-way: what lies below decides.
    boolean tie = i > 0 && low != 0 && Math.signum(low) == Math.signum(parts[i - 1]);
    double twice = 2 * low;
    double next = high + twice;
    return tie && next - high == twice ? next : high;
  }

  /** What {@link #value} leaves out of the sum, to the nearest double. */
  double rest() {
    double rounded = value();
    return plus(new double[] {-rounded}, false).value();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactSum sum && Arrays.equals(sum.parts, parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  @Override
  public String toString() {
    return Double.toString(value());
  }
}
