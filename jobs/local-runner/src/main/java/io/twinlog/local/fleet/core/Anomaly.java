// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.util.Locale;

/** Something that is wrong with one sensor, from one reading of it to another. */
final class Anomaly {
  final Kind kind;
  final Metric metric;
  final Sensors.Look begin;

  /** Number of the message of the fleet with which it is over. */
  final long until;

  private final double distance;
  private final double perMilli;
  private double stuckAt;
  private double actual;
  private double reported;
  private long lastAt;
  private int readings;

  /** How it shows. */
  enum Kind {
    STUCK,
    DRIFT,
    DROPOUT,
    SPIKE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Begins with a look.
   *
   * @param distance by which a spike is off
   * @param perMilli by which a drift moves in a millisecond
   */
  Anomaly(
      Kind kind, Metric metric, Sensors.Look begin, long until, double distance, double perMilli) {
    this.kind = kind;
    this.metric = metric;
    this.begin = begin;
    this.until = until;
    this.distance = distance;
    this.perMilli = perMilli;
  }

  /** What the sensor reports in place of what is. */
  double read(Sensors.Look look, double value) {
    stuckAt = readings == 0 ? value : stuckAt;
    readings++;
    lastAt = Math.max(lastAt, look.at());
    actual = value;
    reported =
        metric.rounded(
            switch (kind) {
              case STUCK -> stuckAt;
              case DRIFT -> value + perMilli * (look.offsetMillis() - begin.offsetMillis());
              case DROPOUT -> Double.NaN;
              case SPIKE -> value + distance;
            });
    return reported;
  }

  /** A fact of it as of its last reading. */
  Fact fact(String device, long at, String kindOfFact) {
    Fact fact =
        Fact.of(at, device, kindOfFact)
            .with("metric", metric.name())
            .withInstant("begin", begin.at());
    fact.with("true", actual);
    return kind == Kind.DROPOUT ? fact : fact.with("reported", reported);
  }

  Fact ended(String device, long at) {
    return fact(device, at, kind.text() + "_ended")
        .withInstant("end", lastAt)
        .with("readings", readings);
  }
}
