// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * A running estimate of where a metric is and how far it strays, that a few wild values do not
 * move: robust exponential smoothing (Gelper, Fried, Croux: Robust forecasting with exponential and
 * Holt-Winters smoothing, Journal of Forecasting 29, 2010, 285–300), its level without trend or
 * season. It knows no time: what counts is the order of the values. Immutable.
 *
 * <p>With u = (value − level) / scale, of each value: level += 0.4 · scale · ψ(u), and scale² ·= 1
 * − w + w · ρ(u), where ψ(u) is u held within ±2 (Huber), ρ(u) = 2.52 · (1 − (1 − (u/2)²)³) within
 * ±2 and 2.52 beyond (Tukey's biweight; 2.52 makes its mean 1 for normal values), w = 0.05, more at
 * the start. What is beyond the paper:
 *
 * <ul>
 *   <li>A value equal to the one before says nothing of the scale. So a metric that is reported
 *       more often than it changes, or sticks, does not come to take its next step for a wonder.
 *   <li>After {@link #FAR_MAX} values in a row beyond ±2 scales it starts again where the metric is
 *       now, and takes the scale for at least the last step. So a sensor that was moved, or has
 *       become noisier, is not far from it for ever.
 *   <li>What a metric does often is its habit: each value more than 5 stretched scales off
 *       stretches them by 5 %, each other one takes a 200th of that back, down to 1. So in the long
 *       run no more than 1 in 195 values is that far off, whatever the metric does (a threshold
 *       that follows its own errors: Gibbs, Candès: Adaptive Conformal Inference Under Distribution
 *       Shift, NeurIPS 2021; here by factors, and never below the 5).
 *   <li>The scale is no finer than a millionth of the level.
 * </ul>
 *
 * <p>Only {@code + − × ÷ √}: the same values in the same order give the same bits everywhere.
 *
 * @param values that it has seen, equal ones in a row counted once
 * @param far how many values in a row, up to the newest, were beyond ±2 scales
 * @param level where the next value is expected, in the unit of the metric
 * @param scale how far values stray from it, as a standard deviation; 0 while they never have
 * @param stretch how many times further than a scale is still usual for it; 1 or more
 * @param last the newest value
 */
public record RobustEstimate(
    int values, int far, double level, double scale, double stretch, double last) {
  public static final RobustEstimate NONE = new RobustEstimate(0, 0, 0, 0, 1, 0);

  /** So many values in a row may be far before they are believed. */
  static final int FAR_MAX = 8;

  /** Values after which habits show. */
  private static final int LEARNT = 32;

  private static final double LEVEL_WEIGHT = 0.4;
  private static final double SCALE_WEIGHT = 0.05;
  private static final double BOUND = 2;
  private static final double RHO_MAX = 2.52;
  private static final double FINEST = 1e-6;

  private static final double WILD = 5;
  private static final double STRETCHED = 1.05;
  private static final double RELAXED = 1 - 0.05 * 0.005;
  private static final double STRETCH_MAX = 1e6;

  public RobustEstimate {
    stretch = Math.max(1, stretch);
  }

  /** The one that is written there; it has seen the newest number. */
  static RobustEstimate read(TrackBytes in, int far, Seen newest) {
    if (!in.has(TrackBytes.ESTIMATED)) {
      return NONE;
    }
    return new RobustEstimate(
        in.nextInt(),
        far,
        in.nextDouble(),
        in.nextDouble(),
        in.has(TrackBytes.STRETCHED) ? in.nextDouble() : 1,
        newest.value());
  }

  int flags() {
    if (values == 0) {
      return 0;
    }
    return stretch == 1 ? TrackBytes.ESTIMATED : TrackBytes.ESTIMATED | TrackBytes.STRETCHED;
  }

  /** All but its last value, which is the newest number, and {@link #far}. */
  void write(TrackBytes out) {
    if (out.has(TrackBytes.ESTIMATED)) {
      out.put(values);
      out.put(level);
      out.put(scale);
    }
    if (out.has(TrackBytes.STRETCHED)) {
      out.put(stretch);
    }
  }

  /** The estimate after one more value, which is finite. */
  public RobustEstimate with(double value) {
    if (values == 0) {
      return new RobustEstimate(1, 0, value, 0, 1, value);
    }
    if (scale == 0) {
      return begun(value);
    }
    double units = Math.abs(value - level) / finest();
    if (units <= BOUND) {
      return moved(value, 0, LEVEL_WEIGHT * difference(value, level), rho(units));
    }
    if (far + 1 >= FAR_MAX) {
      double step = Math.abs(difference(value, last));
      return new RobustEstimate(
          counted(value), 0, value, Math.max(finest(), step), stretched(value), value);
    }
    double bounded = LEVEL_WEIGHT * BOUND * finest();
    return moved(value, far + 1, value > level ? bounded : -bounded, RHO_MAX);
  }

  /** Distance of a value from the level, in stretched scales; 0 while there is no scale. */
  public double deviations(double value) {
    return scale == 0 ? 0 : Math.abs(value - level) / finest() / stretch;
  }

  /** The first value that differs gives the scale. */
  private RobustEstimate begun(double value) {
    double step = difference(value, level);
    return new RobustEstimate(
        counted(value), 0, level + LEVEL_WEIGHT * step, Math.abs(step), 1, value);
  }

  private RobustEstimate moved(double value, int nowFar, double step, double rho) {
    double weight = value == last ? 0 : Math.max(SCALE_WEIGHT, 2.0 / (values + 1.0));
    double grown = Math.min(finest() * Math.sqrt(1 - weight + weight * rho), Double.MAX_VALUE);
    return new RobustEstimate(counted(value), nowFar, level + step, grown, stretched(value), value);
  }

  private double stretched(double value) {
    if (values < LEARNT) {
      return 1;
    }
    double now = stretch * (deviations(value) > WILD ? STRETCHED : RELAXED);
    return Math.min(now, STRETCH_MAX);
  }

  private double finest() {
    return Math.max(scale, FINEST * Math.abs(level));
  }

  private int counted(double value) {
    return value == last || values == Integer.MAX_VALUE ? values : values + 1;
  }

  private static double rho(double units) {
    double share = units / BOUND;
    double rest = 1 - share * share;
    return RHO_MAX * (1 - rest * rest * rest);
  }

  /** Finite, however far apart they are. */
  private static double difference(double one, double other) {
    return Math.max(-Double.MAX_VALUE, Math.min(one - other, Double.MAX_VALUE));
  }
}
