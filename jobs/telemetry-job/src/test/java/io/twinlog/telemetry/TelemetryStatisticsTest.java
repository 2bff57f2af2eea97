// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Keeping;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import io.twinlog.domain.telemetry.Statistics;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.WindowSize;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Statistics are what a plain computation over all records at once makes of them: late, doubled,
 * shuffled within an hour, over midnights, and with a backfill of last year in between.
 */
class TelemetryStatisticsTest {
  private static final long HOUR = 3_600_000;
  private static final long YEAR = 365 * 24 * HOUR;
  private static final long BEGIN = Instant.parse("2026-01-01T22:45:00Z").toEpochMilli();
  private static final MathContext DIGITS = new MathContext(50);

  private static final QualityRules RULES =
      new QualityRules(
          0,
          new Timeliness(60_000, 24 * HOUR, 0.1, 0.2),
          new Keeping(60_000, 2),
          new QualityRules.Statistics(60_000, 3 * HOUR),
          MetricRules.NONE,
          new TreeMap<>(),
          new TreeMap<>(),
          List.of(),
          List.of());

  /** A measurement, and when it comes. */
  private record Arrival(Measurement measurement, long at) {}

  private static List<Arrival> drawn(Random random, long from, String prefix) {
    List<Arrival> arrivals = new ArrayList<>();
    long time = from;
    for (int i = 0; i < 110; i++) {
      time += 1 + random.nextInt(130_000);
      List<Value> values = new ArrayList<>();
      values.add(new Value("t", new Scalar.Decimal(20 + random.nextGaussian() * 3)));
      values.add(new Value("n", new Scalar.Whole(random.nextInt(2_000) - 1_000)));
      if (random.nextInt(3) == 0) {
        values.add(new Value("wide", new Scalar.Decimal(Math.exp(random.nextGaussian() * 2))));
      }
      Measurement measurement = new Measurement(prefix + i, time, false, values);
      long behind = time + random.nextInt((int) HOUR) - from;
      arrivals.add(new Arrival(measurement, behind));
      if (random.nextInt(50) == 0) {
        arrivals.add(new Arrival(measurement, behind + random.nextInt((int) HOUR)));
      }
    }
    return arrivals;
  }

  private static Map<String, WindowTold> told(List<Arrival> arrivals) {
    List<Arrival> ordered = new ArrayList<>(arrivals);
    ordered.sort(Comparator.comparingLong(Arrival::at));
    Twins device =
        new Twins(RULES, new TelemetryLimits(8, 8 << 20, 1_000, 30L * 24 * HOUR, 24 * HOUR), 0);
    Set<String> seen = new HashSet<>();
    for (Arrival arrival : ordered) {
      if (seen.add(arrival.measurement().eventId())) {
        Moment now = new Moment(arrival.at(), BEGIN + arrival.at());
        device.apply(new Collected(arrival.measurement()), now);
      }
    }
    device.passDeadlines(arrivals.get(arrivals.size() - 1).at() + 29 * 24 * HOUR);
    assertThat(device.vitals().tooLate()).isZero();
    return device.windows;
  }

  private static Map<String, List<Double>> batch(List<Arrival> arrivals) {
    Map<String, Measurement> once = new HashMap<>();
    arrivals.forEach(arrival -> once.put(arrival.measurement().eventId(), arrival.measurement()));
    List<Measurement> ordered = new ArrayList<>(once.values());
    ordered.sort(Comparator.comparingLong(Measurement::timestamp));
    Map<String, List<Double>> windows = new HashMap<>();
    for (Measurement measurement : ordered) {
      for (Value value : measurement.values()) {
        double number =
            value.value() instanceof Scalar.Whole whole
                ? whole.value()
                : ((Scalar.Decimal) value.value()).value();
        for (WindowSize size : WindowSize.values()) {
          String key = value.metric() + '/' + size + '/' + size.start(measurement.timestamp());
          windows.computeIfAbsent(key, k -> new ArrayList<>()).add(number);
        }
      }
    }
    return windows;
  }

  private static void isOf(Statistics statistics, List<Double> values) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    BigDecimal count = BigDecimal.valueOf(values.size());
    BigDecimal spread = squares.multiply(count).subtract(sum.multiply(sum));
    double deviation = Math.sqrt(spread.divide(count.multiply(count), DIGITS).doubleValue());
    List<Double> sorted = values.stream().sorted().toList();

    assertThat(statistics.count()).isEqualTo(values.size());
    assertThat(statistics.min()).isEqualTo(sorted.get(0));
    assertThat(statistics.max()).isEqualTo(sorted.get(sorted.size() - 1));
    assertThat(statistics.mean()).isEqualTo(sum.doubleValue() / values.size());
    assertThat(statistics.stddev()).isCloseTo(deviation, within(deviation * 1e-15));
    assertThat(statistics.last()).isEqualTo(values.get(values.size() - 1));
    percentile(statistics.p50(), 0.5, sorted);
    percentile(statistics.p95(), 0.95, sorted);
    percentile(statistics.p99(), 0.99, sorted);
  }

  private static void percentile(double found, double rank, List<Double> sorted) {
    double exact = sorted.get((int) (rank * (sorted.size() - 1)));
    double error = DdSketches.RELATIVE_ERROR * Math.abs(exact) * (1 + 1e-9);
    assertThat(found).isCloseTo(exact, within(error));
  }

  @Test
  void equalABatchComputationOverTheSameRecords() {
    for (int seed = 0; seed < 2; seed++) {
      Random random = new Random(seed);
      List<Arrival> arrivals = drawn(random, BEGIN, "live-");
      arrivals.addAll(drawn(random, BEGIN - YEAR, "old-"));

      Map<String, WindowTold> told = told(arrivals);
      Map<String, List<Double>> batch = batch(arrivals);

      assertThat(told.keySet()).isEqualTo(batch.keySet());
      assertThat(told.size()).isGreaterThan(300);
      assertThat(told.values().stream().allMatch(WindowTold::last)).isTrue();
      batch.forEach((key, values) -> isOf(told.get(key).statistics(), values));
    }
  }

  @Test
  void areTheSameDigitsInAnotherOrder() {
    Random random = new Random(7);
    List<Arrival> arrivals = drawn(random, BEGIN, "live-");
    arrivals.addAll(drawn(random, BEGIN - YEAR, "old-"));
    List<Arrival> others = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      long since = arrival.measurement().timestamp() - BEGIN;
      since += since < 0 ? YEAR : 0;
      others.add(new Arrival(arrival.measurement(), since + random.nextInt((int) HOUR)));
    }

    Map<String, WindowTold> again = told(others);
    told(arrivals)
        .forEach(
            (key, told) -> assertThat(again.get(key).statistics()).isEqualTo(told.statistics()));
  }
}
