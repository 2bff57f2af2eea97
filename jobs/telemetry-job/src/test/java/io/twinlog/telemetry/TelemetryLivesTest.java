// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Moment;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Severity;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Keeping;
import io.twinlog.domain.telemetry.QualityRules.Statistics;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryCommand.Json;
import io.twinlog.domain.telemetry.TelemetryCommand.Processed;
import io.twinlog.domain.telemetry.TelemetryCommand.Registered;
import io.twinlog.domain.telemetry.TelemetryCommand.Withdrawn;
import io.twinlog.domain.telemetry.TelemetryFact;
import io.twinlog.domain.telemetry.TelemetryFact.Triggered;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.TelemetryVitals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whenever the telemetry of a device is written and read again, it makes no difference. */
class TelemetryLivesTest {
  private static final long START = Instant.parse("2026-01-01T20:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;
  private static final double[] NUMBERS = {
    0, -0.0, 0.1, -21.5, 1e-9, 1e-300, 1e100, -1e100, 123_456_789.123, Double.NaN, 1e16, 1.0 / 3
  };

  private final Set<Class<?>> told = new HashSet<>();

  private static QualityRules rules(Random random) {
    List<Check> checks =
        List.of(
            new Check.Outlier(5, 4, Cost.soft(0.3)),
            new Check.Rate(1_000, Cost.soft(0.3)),
            new Check.Stuck(60_000, 3, 0.01, Cost.soft(0.6)),
            new Check.Range(-1e50, 1e200, Cost.HARD));
    List<Anomaly> anomalies =
        List.of(new Anomaly("odd", List.of("outlier", "range"), null, Severity.LOW, "odd"));
    return new QualityRules(
        random.nextInt(3) == 0 ? 0.9 : 0.3,
        new Timeliness(60_000, DAY, 0.1, 0.2),
        new Keeping(600_000, random.nextInt(5)),
        new Statistics(random.nextInt(3) * 60_000L, random.nextInt(4) * 1_800_000L),
        new MetricRules(checks.subList(0, random.nextInt(5)), 1),
        new TreeMap<>(),
        new TreeMap<>(),
        random.nextBoolean() ? anomalies : List.of(),
        List.of());
  }

  private static Scalar value(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> new Scalar.Text("é€😀".repeat(random.nextInt(100)));
      case 1 -> new Scalar.Flag(random.nextBoolean());
      case 2 -> new Scalar.Decimal(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> new Scalar.Whole(random.nextLong());
      case 4, 5, 6 -> new Scalar.Whole(random.nextInt(30));
      default -> new Scalar.Decimal(Math.rint(random.nextGaussian() * 100) / 10);
    };
  }

  private static TelemetryCommand command(Random random, int number, long now) {
    int kind = random.nextInt(40);
    if (kind < 3) {
      String id = Twins.ID + "/e-" + (number - random.nextInt(6));
      return new Processed(id, new Json("\"" + "x".repeat(random.nextInt(900)) + "\"", "x"), now);
    }
    if (kind < 5) {
      return kind == 3 ? new Registered("m" + number) : new Withdrawn();
    }
    long back = random.nextInt(6) == 0 ? random.nextInt(7_200_000) : random.nextInt(5_000);
    back += random.nextInt(4) == 0 ? 365 * DAY : 0;
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(3); i < 3; i++) {
      values.add(new Value("m-" + i + random.nextInt(2), value(random)));
    }
    return new Collected(
        new Measurement("e-" + number, now - back, random.nextInt(30) == 0, values));
  }

  @Test
  void makesNoDifferenceInAnyOfManyLives() {
    TelemetryLimits small = new TelemetryLimits(5, 20_000, 2_000, 20 * DAY, DAY);
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      Twins device = new Twins(rules(random), small, 1);
      long clock = 0;
      for (int i = 0; i < 120; i++) {
        if (random.nextInt(30) == 0) {
          device.rules(rules(random), i);
        }
        clock += random.nextInt(15) == 0 ? random.nextInt(10_000_000) : random.nextInt(30_000);
        device.apply(command(random, i, START + clock), new Moment(clock, START + clock));
      }
      device.apply(new Withdrawn(), new Moment(clock, START + clock));
      device.passDeadlines(clock + 21 * DAY);
      assertThat(device.vitals()).isEqualTo(TelemetryVitals.NONE);
      device.facts.forEach(fact -> told.add(fact.getClass()));
    }

    Set<Class<?>> all = new HashSet<>(List.of(TelemetryFact.class.getPermittedSubclasses()));
    all.remove(Triggered.class);
    assertThat(told).isEqualTo(all);
  }

  @Test
  void leavesNothingBehindBeforeTheFirstRecordIsAccepted() {
    Twins device =
        new Twins(
            new QualityRules(
                1,
                new Timeliness(60_000, DAY, 0.1, 0.2),
                new Keeping(600_000, 1),
                new Statistics(60_000, 0),
                new MetricRules(List.of(new Check.Rate(1, Cost.soft(0.5))), 1),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of()),
            TelemetryLimits.DEFAULT,
            1);
    for (int i = 0; i < 3; i++) {
      Moment now = new Moment(i * 1_000, START + i * 1_000);
      Value value = new Value("t", new Scalar.Whole(i * 100));
      Value missing = new Value("u", new Scalar.Decimal(Double.NaN));
      device.apply(
          new Collected(new Measurement("e" + i, now.logTime(), false, List.of(value, missing))),
          now);
    }

    assertThat(device.vitals().present().metrics()).isEmpty();
    assertThat(device.facts).hasOnlyElementsOfType(TelemetryFact.Rejected.class);
  }
}
