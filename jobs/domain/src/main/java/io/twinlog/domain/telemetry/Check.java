// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.rules.Condition;
import java.util.Map;

/**
 * A check of the values of one metric. Its name is unique within the metric; a check of a closer
 * layer of the rules takes the place of the one of its name (docs/rules.md). The tests are those of
 * oceanography's QARTOD manuals (IOOS): gross range, rate of change, flat line; the outlier test is
 * that of a robust running estimate.
 */
public sealed interface Check {
  /** As it stands in flags: {@code range}, {@code usual}, {@code rate} … */
  String name();

  /** What a violation costs. */
  Cost cost();

  /**
   * What a violation costs.
   *
   * @param hard whether the record is rejected for it, whatever its score
   * @param penalty share of the metric's score that it takes, in [0, 1]; of a hard one 1
   */
  record Cost(boolean hard, double penalty) {
    public static final Cost HARD = new Cost(true, 1);

    public static Cost soft(double penalty) {
      return new Cost(false, penalty);
    }
  }

  /** What a value must be. */
  enum Kind {
    NUMBER,
    STRING,
    BOOLEAN
  }

  /** A value is of another kind than it must be. */
  record Type(Kind kind, Cost cost) implements Check {
    public static final String NAME = "type";

    @Override
    public String name() {
      return NAME;
    }
  }

  /** Outside of what the sensor can measure. Bounds belong to it. */
  record Range(double min, double max, Cost cost) implements Check {
    public static final String NAME = "range";

    @Override
    public String name() {
      return NAME;
    }
  }

  /** Outside of what is usual at the place where it measures. Bounds belong to it. */
  record Usual(double min, double max, Cost cost) implements Check {
    public static final String NAME = "usual";

    @Override
    public String name() {
      return NAME;
    }
  }

  /** Moves faster than it can: {@code |Δvalue| / Δt} between two values in order. */
  record Rate(double perSecond, Cost cost) implements Check {
    public static final String NAME = "rate";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Stays the same for longer than it can.
   *
   * @param forMillis event time from the first of the same values to this one
   * @param valuesMin so many of them at least, this one included
   * @param tolerance values no further apart than this are the same
   */
  record Stuck(long forMillis, int valuesMin, double tolerance, Cost cost) implements Check {
    public static final String NAME = "stuck";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Far from a robust running estimate: {@code |value − level| > deviations · stretch · scale}
   * ({@link RobustEstimate}).
   *
   * @param deviations how many stretched scales
   * @param valuesMin values that the estimate must have seen before it judges, equal ones in a row
   *     counted once
   */
  record Outlier(double deviations, int valuesMin, Cost cost) implements Check {
    public static final String NAME = "outlier";

    /** Where rules say nothing of it, or leave fields out. */
    public static final Outlier DEFAULT = new Outlier(5, 32, Cost.soft(0.3));

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * A condition of the user's own does not hold. One that cannot be decided does not hold either.
   */
  record Expression(String name, Condition condition, String message, Cost cost) implements Check {}

  /**
   * A check from a jar of the user's own.
   *
   * @param uses name under which the jar offers it
   * @param settings handed to it
   */
  record Custom(String name, String uses, Map<String, String> settings, Cost cost)
      implements Check {
    public Custom {
      settings = Map.copyOf(settings);
    }
  }

  /** Takes the check of that name of a wider layer away. */
  record Off(String name) implements Check {
    @Override
    public Cost cost() {
      throw new IllegalStateException("a check that is off costs nothing");
    }
  }
}
