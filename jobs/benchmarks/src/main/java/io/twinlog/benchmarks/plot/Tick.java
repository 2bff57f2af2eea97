// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.plot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A mark on an axis, at a round number or moment. Times are in ms since 1970 and said in UTC.
 *
 * @param label as people read it
 */
record Tick(double at, String label) {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] TIMES = {
    1_000, 5_000, 15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR
  };
  private static final long[] DAYS = {DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY};

  private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
  private static final DateTimeFormatter MINUTES = format("MM-dd HH:mm");
  private static final DateTimeFormatter DATES = format("yyyy-MM-dd");

  /** At most {@code max} of them, at 1, 2 or 5 times a power of ten. */
  static List<Tick> ofNumbers(double from, double to, int max) {
    int power = (int) StrictMath.floor(StrictMath.log10((to - from) / max));
    double unit = StrictMath.pow(10, power);
    double step = unit;
    for (double times : new double[] {2, 5, 10, 20}) {
      step = count(from, to, step) > max ? unit * times : step;
    }
    int decimals = (int) Math.max(0, -StrictMath.floor(StrictMath.log10(step * 1.000001)));
    List<Tick> ticks = new ArrayList<>();
    double first = Math.ceil(from / step);
    for (int i = 0; (first + i) * step <= to; i++) {
      // + 0.0 makes 0 of -0.
      double at = (first + i) * step + 0.0;
      ticks.add(new Tick(at, String.format(Locale.ROOT, "%." + decimals + "f", at)));
    }
    return ticks;
  }

  /** At most {@code max} of them, at full seconds to full quarters of a year of 364 days. */
  static List<Tick> ofTimes(long from, long to, int max) {
    long step = timeStep(from, to, max);
    DateTimeFormatter format = step >= DAY ? DATES : step >= MINUTE ? MINUTES : SECONDS;
    List<Tick> ticks = new ArrayList<>();
    for (long at = -Math.floorDiv(-from, step) * step; at <= to; at += step) {
      ticks.add(new Tick(at, format.format(Instant.ofEpochMilli(at))));
    }
    return ticks;
  }

  private static long timeStep(long from, long to, int max) {
    for (long[] steps : new long[][] {TIMES, DAYS}) {
      for (long step : steps) {
        if (count(from, to, step) <= max) {
          return step;
        }
      }
    }
    long step = 364 * DAY;
    while (count(from, to, step) > max) {
      step *= 2;
    }
    return step;
  }

  private static double count(double from, double to, double step) {
    return Math.floor(to / step) - Math.ceil(from / step) + 1;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
