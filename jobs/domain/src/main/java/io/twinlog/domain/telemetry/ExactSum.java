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
    return squared ? plus(products(values, values)) : plus(values);
  }

  private ExactSum plus(double[] terms) {
    double[] few = inThree(parts, terms);
    return of(few == null ? inMany(parts, terms) : few);
  }

  /** Each of one times its partner of the other: two doubles for each product. */
  private static double[] products(double[] one, double[] other) {
    double[] products = new double[2 * one.length];
    for (int i = 0; i < one.length; i++) {
      double product = one[i] * other[i];
      products[2 * i] = Math.fma(one[i], other[i], -product);
      products[2 * i + 1] = product;
    }
    return products;
  }

  /**
   * The sum in three doubles, which are enough for what a sensor measures: each takes what the one
   * above it has lost. Null: something was lost below all of them.
   */
  private static double[] inThree(double[] parts, double[] terms) {
    int there = parts.length;
    if (there > 3) {
      return null;
    }
    double high = there > 0 ? parts[there - 1] : 0;
    double middle = there > 1 ? parts[there - 2] : 0;
    double low = there > 2 ? parts[0] : 0;
    boolean lost = false;
    for (double term : terms) {
      double sum = high + term;
      double virtual = sum - high;
      double below = (high - (sum - virtual)) + (term - virtual);
      high = sum;
      sum = middle + below;
      virtual = sum - middle;
      below = (middle - (sum - virtual)) + (below - virtual);
      middle = sum;
      sum = low + below;
      virtual = sum - low;
      lost |= (low - (sum - virtual)) + (below - virtual) != 0;
      low = sum;
    }
    double[] apart = new double[3];
    int used = add(apart, add(apart, add(apart, 0, low), middle), high);
    return lost ? null : compressed(apart, used);
  }

  private static double[] inMany(double[] parts, double[] terms) {
    double[] buffer = Arrays.copyOf(parts, parts.length + terms.length + 2);
    int used = parts.length;
    for (double term : terms) {
      used = add(buffer, used, term);
    }
    return compressed(buffer, used);
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
    double[] counts = new double[parts.length];
    Arrays.fill(counts, count);
    return ZERO.plus(products(parts, counts));
  }

  /** The sum less the square of another, exactly. */
  ExactSum minusSquareOf(ExactSum other) {
    int width = other.parts.length;
    double[] ones = new double[width * width];
    double[] twos = new double[width * width];
    for (int i = 0; i < ones.length; i++) {
      ones[i] = -other.parts[i / width];
      twos[i] = other.parts[i % width];
    }
    return plus(products(ones, twos));
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
