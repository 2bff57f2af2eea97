// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.Arrays;

/**
 * A sum of doubles without any rounding, so that it is the same in whatever order they come: a list
 * of doubles that do not overlap, smallest first, whose sum it is (J. R. Shewchuk, "Adaptive
 * precision floating-point arithmetic", 1997, section 2.4). Immutable. Doubles beyond 1e300 are not
 * for it; of those below 1e-140 the squares are not exact.
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
      used = squared ? addProduct(buffer, used, value, value) : add(buffer, used, value);
    }
    return of(compressed(buffer, used));
  }

  /**
   * The same sum in as few parts as there can be: each is less than an ulp of the next, so that
   * there are some 35 at most, and one or two of what a sensor measures (section 2.8).
   */
  private static double[] compressed(double[] parts, int used) {
    if (used < 2) {
      return Arrays.copyOf(parts, used);
    }
    int to = used - 1;
    double carried = parts[to];
    for (int i = used - 2; i >= 0; i--) {
      double sum = carried + parts[i];
      double lost = parts[i] - (sum - carried);
      carried = sum;
      if (lost != 0) {
        parts[to--] = sum;
        carried = lost;
      }
    }
    parts[to] = carried;
    return Arrays.copyOfRange(parts, to, used);
  }

  /** Adds a product, which is two doubles. */
  private static int addProduct(double[] parts, int used, double one, double two) {
    double product = one * two;
    return add(parts, add(parts, used, Math.fma(one, two, -product)), product);
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

  /** The sum so many times, exactly. */
  ExactSum times(long count) {
    double[] buffer = new double[2 * parts.length + 2];
    int used = 0;
    for (double part : parts) {
      used = addProduct(buffer, used, count, part);
    }
    return of(compressed(buffer, used));
  }

  /** The sum less the square of another, exactly. */
  ExactSum minusSquareOf(ExactSum other) {
    int products = other.parts.length * other.parts.length;
    double[] buffer = Arrays.copyOf(parts, parts.length + 2 * products + 2);
    int used = parts.length;
    for (double one : other.parts) {
      for (double two : other.parts) {
        used = addProduct(buffer, used, -one, two);
      }
    }
    return of(compressed(buffer, used));
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
