// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.benchmarks.quality.Wrong.Kind;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Flag;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.ScoredRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of flags against truth, on truths made by hand. A record a second. */
class ComparisonTest {
  private static final Trial.Setting SETTING = new Trial.Setting(1, 1, 1);
  private static final String DEVICE = "d-1";
  private static final int RECORDS = 40;

  private final List<ScoredRecord> records = new ArrayList<>();
  private final List<Wrong> wrongs = new ArrayList<>();

  private final QualityRules rules;

  ComparisonTest() throws IOException {
    rules = RulesFile.read(TrialTest.SIMULATOR);
    for (int second = 0; second < RECORDS; second++) {
      records.add(record(second));
    }
  }

  @Test
  void ofNothingWrongAndNothingFlaggedAllIsClean() {
    TrialFigures figures = compare();

    assertThat(figures.clean()).isEqualTo(RECORDS);
    assertThat(figures.of("rate").precision()).isEqualTo(1);
    assertThat(figures.of("rate").of(Kind.SPIKE).recall()).isNaN();
    assertThat(figures.falsePerThousand("rate")).isZero();
  }

  @Test
  void aSpikeIsHitByAFlagOfItsRecordAndMetricAlone() {
    spike(10, "a");
    spike(20, "a");
    spike(30, "a");
    flag(10, "a", "rate");
    flag(20, "b", "rate");

    CheckFigures rate = compare().of("rate");

    assertThat(rate.of(Kind.SPIKE).wrongs()).isEqualTo(3);
    assertThat(rate.of(Kind.SPIKE).found()).isEqualTo(1);
    assertThat(rate.of(Kind.SPIKE).recall()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(rate.hits()).isEqualTo(1);
    assertThat(rate.falseFlags()).isEqualTo(1);
    assertThat(rate.precision()).isEqualTo(0.5);
  }

  @Test
  void eightRecordsAfterASpikeAreItsAftermathAndNoMore() {
    spike(10, "a");
    flag(11, "a", "rate");
    flag(18, "a", "rate");
    flag(19, "a", "rate");

    TrialFigures figures = compare();

    assertThat(figures.of("rate").aftermath()).isEqualTo(2);
    assertThat(figures.of("rate").falseFlags()).isEqualTo(1);
    assertThat(figures.of("rate").strictPrecision()).isZero();
    assertThat(figures.clean()).isEqualTo(RECORDS - 9);
    assertThat(figures.of("rate").falseRecords()).isEqualTo(1);
    assertThat(figures.falsePerThousand("rate")).isCloseTo(1_000.0 / 31, within(1e-9));
  }

  @Test
  void theAftermathOfOneMetricExcusesNoOther() {
    spike(10, "a");
    flag(11, "b", "outlier");

    TrialFigures figures = compare();

    assertThat(figures.of("outlier").falseFlags()).isEqualTo(1);
    assertThat(figures.of("outlier").falseRecords()).as("the record is not clean").isZero();
  }

  @Test
  void anEpisodeIsFoundByItsFirstFlagAndTellsItsDelay() {
    episode(Kind.DRIFT, 5, 15, "a");
    episode(Kind.DRIFT, 25, 30, "a");
    flag(4, "a", "usual");
    flag(9, "a", "usual");
    flag(10, "a", "usual");

    CheckFigures usual = compare().of("usual");

    KindFigures drift = usual.of(Kind.DRIFT);
    assertThat(drift.found()).isEqualTo(1);
    assertThat(drift.recall()).isEqualTo(0.5);
    assertThat(drift.delayMedian()).isEqualTo(4);
    assertThat(drift.delayP95()).isEqualTo(4);
    assertThat(usual.hits()).isEqualTo(2);
    assertThat(usual.falseFlags()).as("before it began").isEqualTo(1);
  }

  @Test
  void bothEndsBelongToAnEpisode() {
    episode(Kind.DROPOUT, 5, 15, "a");
    flag(5, "a", "required");
    flag(15, "a", "required");
    flag(16, "a", "required");

    CheckFigures required = compare().of("required");

    assertThat(required.hits()).isEqualTo(2);
    assertThat(required.aftermath()).isEqualTo(1);
    assertThat(required.of(Kind.DROPOUT).delayMedian()).isZero();
  }

  @Test
  void whatIsNotOverIsNotCountedButItsFlagsHit() {
    wrongs.add(new Wrong(Kind.DRIFT, DEVICE, "a", "", 35_000, 39_000, 5, 9, true));
    flag(36, "a", "rate");

    CheckFigures rate = compare().of("rate");

    assertThat(rate.of(Kind.DRIFT).wrongs()).isZero();
    assertThat(rate.hits()).isEqualTo(1);
  }

  @Test
  void recordsThatCameLateHaveTheirPlaceByEventTime() {
    episode(Kind.STUCK, 5, 15, "a");
    flag(8, "a", "stuck");
    Collections.swap(records, 8, 20);

    assertThat(compare().of("stuck").of(Kind.STUCK).delayMedian()).isEqualTo(3);
  }

  @Test
  void allChecksTogetherCountAMetricOfARecordOnce() {
    spike(10, "a");
    flag(10, "a", "rate");
    flag(10, "a", "usual");
    flag(20, "b", "outlier");
    flag(20, "", "late");

    CheckFigures any = compare().of(Comparison.ANY);

    assertThat(any.hits()).isEqualTo(1);
    assertThat(any.falseFlags()).as("late is no check of values").isEqualTo(1);
    assertThat(any.of(Kind.SPIKE).recall()).isEqualTo(1);
  }

  @Test
  void tellsWhichWrongsABoundMustSee() {
    wrongs.add(spike(10, "temperature", 1000));
    wrongs.add(spike(20, "temperature", 21));
    wrongs.add(new Wrong(Kind.STUCK, DEVICE, "temperature", "", 25_000, 28_000, 4, 21, false));

    TrialFigures figures = compare();

    KindFigures spikes = figures.of("range").of(Kind.SPIKE);
    assertThat(spikes.within()).isEqualTo(1);
    assertThat(spikes.foundWithin()).isZero();
    assertThat(figures.of("stuck").of(Kind.STUCK).within()).as("too few readings").isZero();
    assertThat(figures.of("rate").of(Kind.SPIKE).within()).as("cannot be said").isEqualTo(-1);
  }

  @Test
  void percentilesAreNearestRanks() {
    List<Double> delays = new ArrayList<>();
    for (int i = 20; i >= 1; i--) {
      delays.add((double) i);
    }

    KindFigures figures = new KindFigures("drift", 40, 20, -1, -1, delays);

    assertThat(figures.delayMedian()).isEqualTo(10);
    assertThat(figures.delayP95()).isEqualTo(19);
    assertThat(new KindFigures("drift", 4, 0, -1, -1, List.of()).delayMedian()).isNaN();
  }

  private TrialFigures compare() {
    return Comparison.of(SETTING, new Trial(records, wrongs, 0, 0), rules);
  }

  private void spike(int second, String metric) {
    wrongs.add(spike(second, metric, 99));
  }

  private static Wrong spike(int second, String metric, double reported) {
    long at = second * 1_000L;
    return new Wrong(Kind.SPIKE, DEVICE, metric, "e" + second, at, at, 1, reported, false);
  }

  private void episode(Kind kind, int from, int to, String metric) {
    wrongs.add(
        new Wrong(kind, DEVICE, metric, "", from * 1_000L, to * 1_000L, to - from + 1, 9, false));
  }

  private void flag(int second, String metric, String check) {
    ScoredRecord before = records.get(second);
    List<Flag> flags = new ArrayList<>(before.flags());
    flags.add(new Flag(metric, check, false, "because"));
    records.set(second, record(second, flags));
  }

  private static ScoredRecord record(int second) {
    return record(second, List.of());
  }

  private static ScoredRecord record(int second, List<Flag> flags) {
    String id = "e" + second;
    List<Value> values =
        List.of(
            new Value("a", new Scalar.Decimal(1)),
            new Value("b", new Scalar.Decimal(2)),
            new Value("temperature", new Scalar.Decimal(21)));
    Measurement measurement = new Measurement(id, second * 1_000L, false, values);
    return new ScoredRecord(DEVICE + "/" + id, DEVICE, "thermo-1", measurement, 1, flags, 1, "", 0);
  }
}
