// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * A running estimate of where a metric is and how far it strays, that a few wild values do not
 * move. Immutable.
 *
 * @param values that it has seen
 * @param level where the next value is expected
 * @param scale how far it strays, as a standard deviation
 */
public record RobustEstimate(int values, double level, double scale) {
  public static final RobustEstimate NONE = new RobustEstimate(0, 0, 0);

  /** The estimate after one more value. */
  public RobustEstimate with(double value) {
    return new RobustEstimate(values + 1, value, Math.abs(value - level));
  }

  /** Distance of a value from the level, in scales. */
  public double deviations(double value) {
    return scale == 0 ? 0 : Math.abs(value - level) / scale;
  }
}
