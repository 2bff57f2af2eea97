// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Severity;
import io.twinlog.domain.telemetry.Check;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.MetricRules;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Keeping;
import io.twinlog.domain.telemetry.QualityRules.Statistics;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import io.twinlog.domain.telemetry.Telemetry;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryCommand.Registered;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.TelemetryStep;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.wire.telemetry.TelemetryRecordForm;
import io.twinlog.wire.telemetry.TelemetryVitalsCodec;
import io.twinlog.wire.telemetry.TelemetryWindowForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the telemetry of one device takes, at worst: docs/state.md. */
class TelemetryStateSizeTest {
  private static final long START = Instant.parse("2026-01-01T20:00:00Z").toEpochMilli();
  private static final long YEAR = 365L * 86_400_000;
  private static final int RECORDS_MAX = 32;
  private static final int METRICS = 66;

  // Parts of the bound. A name has 128 characters of 4 bytes, a kept text 256 of 3, an id 64 of 4.
  private static final int VITALS = 600;
  private static final int LANE = 100;
  private static final int TRACK = 1_400;
  private static final int KEPT = 280;
  private static final int TOLD = 540;

  private static int bound(TelemetryLimits limits, QualityRules rules) {
    return VITALS
        + 2 * (LANE + limits.metricsMax() * TRACK + limits.windowBytesMax())
        + limits.keptBytesMax()
        + rules.keeping().recordsMax() * KEPT
        + rules.anomalies().size() * TOLD;
  }

  private static final QualityRules RULES =
      new QualityRules(
          0,
          new Timeliness(60_000, 86_400_000, 0.1, 0.2),
          new Keeping(600_000, RECORDS_MAX),
          new Statistics(60_000, 12 * 3_600_000L),
          new MetricRules(List.of(new Check.Rate(1e-9, Cost.soft(0.01))), 1),
          new TreeMap<>(),
          new TreeMap<>(),
          List.of(new Anomaly("€".repeat(128), List.of("rate"), null, Severity.LOW, "")),
          List.of());

  private final TelemetryVitalsCodec codec = new TelemetryVitalsCodec();
  private final Random random = new Random(1);
  private TelemetryVitals vitals = TelemetryVitals.NONE;

  private Measurement measurement(int number, long time, boolean withTexts) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < METRICS; i++) {
      String metric = String.format("%02d", i) + "😀".repeat(126);
      boolean text = i % 8 == 0;
      if (!text || withTexts) {
        double wide = random.nextGaussian() * Math.pow(10, random.nextInt(8) - 4);
        values.add(
            new Value(metric, text ? new Scalar.Text("€".repeat(300)) : new Scalar.Decimal(wide)));
      }
    }
    return new Measurement(String.format("%04d", number) + "😀".repeat(60), time, false, values);
  }

  private void apply(Telemetry telemetry, TelemetryCommand command, Moment now) {
    List<TelemetryStep> steps =
        telemetry.touchesOnlyVitals(vitals, command, now)
            ? List.of()
            : ((Decision.Accepted<TelemetryStep>) telemetry.decide("d-1", vitals, command, now))
                .events();
    vitals = telemetry.observe(vitals, command, steps, now);
  }

  @Test
  void staysWithinItsBoundHoweverWideTheDevice() {
    TelemetryLimits limits = TelemetryLimits.DEFAULT;
    Telemetry telemetry =
        new Telemetry(
            RULES,
            limits,
            new Telemetry.Means(
                new DdSketches(),
                new TelemetryRecordForm(1),
                new TelemetryWindowForm(),
                QualityChecks.NONE));
    Moment now = new Moment(0, START);
    apply(telemetry, new Registered("€".repeat(128)), now);
    int largest = 0;
    for (int i = 0; i < 460; i++) {
      long time = START + i * 30_000 - (i % 2 == 0 ? YEAR : 0);
      boolean withTexts = i < 2;
      apply(telemetry, new Collected(measurement(i, time, withTexts)), now);
      if (i > 220 && i % 8 < 2) {
        largest = Math.max(largest, codec.size(vitals));
      }
    }
    // Small ones fill the records that wait to their number.
    for (int i = 0; i < RECORDS_MAX; i++) {
      Value value = new Value("01" + "😀".repeat(126), new Scalar.Whole(i));
      String id = String.format("%04d", 1_000 + i) + "😀".repeat(60);
      apply(telemetry, new Collected(new Measurement(id, START, false, List.of(value))), now);
    }
    int last = codec.size(vitals);
    int bound = bound(limits, RULES);
    System.out.printf(
        "telemetry of one device, at worst: %,d bytes, %,d with small records, of %,d%n",
        largest, last, bound);

    assertThat(vitals.kept().size()).isEqualTo(RECORDS_MAX);
    assertThat(vitals.present().windowBytes()).isGreaterThan(limits.windowBytesMax() * 9 / 10);
    assertThat(vitals.past().windowBytes()).isGreaterThan(limits.windowBytesMax() * 9 / 10);
    assertThat(Math.max(largest, last)).isBetween(bound / 3, bound);
  }

  @Test
  void countsNoFewerBytesOfAWindowThanItTakes() {
    Telemetry telemetry =
        new Telemetry(
            RULES,
            TelemetryLimits.DEFAULT,
            new Telemetry.Means(
                new DdSketches(),
                new TelemetryRecordForm(1),
                new TelemetryWindowForm(),
                QualityChecks.NONE));
    for (int i = 0; i < 120; i++) {
      double number =
          i % 3 == 0 ? 1 : random.nextGaussian() * Math.pow(10, random.nextInt(200) - 100);
      Value value = new Value("t", new Scalar.Decimal(number));
      long time = START + i * 3_000;
      apply(
          telemetry,
          new Collected(new Measurement("e" + i, time, false, List.of(value))),
          new Moment(i, START));
      int around = VITALS + 2 * LANE + TRACK + vitals.kept().size() * 300;
      assertThat(codec.size(vitals)).isLessThan(vitals.present().windowBytes() + around);
    }
  }
}
