// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.DAY;
import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.MINUTE;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.collected;
import static io.twinlog.domain.telemetry.Quality.measured;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.QualityRules.Timeliness;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.Rejected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The score of a record, by hand: Σ w·s / Σ w, less what its own time costs it. */
class TelemetryScoreTest {
  private static final double ROUNDING = 1e-15;

  private final Quality.Draft draft =
      new Quality.Draft()
          .timeliness(new Timeliness(MINUTE, DAY, 0.1, 0.2))
          .metric(
              "a",
              3,
              new Check.Range(0, 100, Cost.HARD),
              new Check.Usual(10, 20, Cost.soft(0.4)),
              new Check.Rate(1, Cost.soft(0.5)))
          .metric("b", 1, new Check.Usual(0, 1, Cost.soft(1)))
          .model("m", List.of("a", "b"), Map.of());

  private TestingDevice device() {
    return new TestingDevice(draft.rules()).registered("m", clock(0));
  }

  private static double score(TestingDevice device, Object... data) {
    return record(device.apply(collected(MIDNIGHT, data), clock(0))).score();
  }

  private static List<String> paths(ScoredRecord record) {
    return record.flags().stream().map(Flag::path).toList();
  }

  @Test
  void weighsTheMetrics() {
    assertThat(score(device(), "a", 15, "b", 1)).isEqualTo(1);
    assertThat(score(device(), "a", 5, "b", 1)).isCloseTo((3 * 0.6 + 1) / 4, within(ROUNDING));
    assertThat(score(device(), "a", 15, "b", 2)).isCloseTo(3.0 / 4, within(ROUNDING));
    assertThat(score(device(), "a", 5, "b", 2)).isCloseTo(3 * 0.6 / 4, within(ROUNDING));
    assertThat(score(device(), "a", 5, "b", 1, "c", 7))
        .isCloseTo((3 * 0.6 + 1 + 1) / 5, within(ROUNDING));
    assertThat(score(device(), "a", 101, "b", 1)).isCloseTo(1.0 / 4, within(ROUNDING));
  }

  @Test
  void multipliesWhatChecksOfOneMetricLeave() {
    TestingDevice device = device();
    device.apply(collected(MIDNIGHT, "a", 15, "b", 1), clock(0));
    ScoredRecord record =
        record(device.apply(collected(MIDNIGHT + 1_000, "a", 25, "b", 1), clock(1_000)));

    assertThat(record.score()).isCloseTo((3 * 0.6 * 0.5 + 1) / 4, within(ROUNDING));
    assertThat(paths(record)).containsExactly("a/rate", "a/usual");
  }

  @Test
  void countsARequiredMetricThatIsMissingAsNothing() {
    ScoredRecord record = record(device().apply(collected(MIDNIGHT, "a", 15), clock(0)));

    assertThat(record.score()).isCloseTo(3.0 / 4, within(ROUNDING));
    assertThat(record.flags()).containsExactly(new Flag("b", "required", false, "b is not there"));
  }

  @Test
  void isOneWhereNothingIsWeighed() {
    TestingDevice device =
        new TestingDevice(
            new Quality.Draft().metric("a", 0, new Check.Usual(0, 1, Cost.soft(1))).rules());

    assertThat(score(device, "a", 7)).isEqualTo(1);
  }

  @Test
  void costsWhatIsLate() {
    TestingDevice device = device();
    device.apply(collected(MIDNIGHT + 2 * MINUTE, "a", 15, "b", 1), clock(2 * MINUTE));
    Moment now = clock(2 * MINUTE);

    assertThat(record(device.apply(collected(MIDNIGHT + MINUTE, "a", 15, "b", 1), now)).flags())
        .isEmpty();
    ScoredRecord late = record(device.apply(collected(MIDNIGHT + MINUTE - 1, "a", 5, "b", 1), now));
    assertThat(late.score()).isCloseTo((3 * 0.6 + 1) / 4 * 0.9, within(ROUNDING));
    assertThat(late.flags())
        .contains(new Flag("", "late", false, "60001 ms behind the newest; 60000 ms are in time"));
  }

  @Test
  void costsAClockThatRunsAhead() {
    Measurement ahead =
        new Measurement("e", MIDNIGHT, true, measured("e", MIDNIGHT, "a", 15, "b", 1).values());
    ScoredRecord record = record(device().apply(new Collected(ahead), clock(0)));

    assertThat(record.score()).isCloseTo(0.8, within(ROUNDING));
    assertThat(paths(record)).containsExactly("clock_skew");
  }

  @Test
  void flagsABackfillAndTakesNothingForIt() {
    ScoredRecord old =
        record(device().apply(collected(MIDNIGHT - DAY - 1, "a", 15, "b", 1), clock(0)));
    assertThat(old.score()).isEqualTo(1);
    assertThat(old.flags())
        .containsExactly(new Flag("", "backfill", false, "86400001 ms behind log time"));

    assertThat(record(device().apply(collected(MIDNIGHT - DAY, "a", 15, "b", 1), clock(0))).flags())
        .isEmpty();
    Moment beforeAnyTick = new Moment(0, 0);
    assertThat(
            record(device().apply(collected(MIDNIGHT - DAY - 1, "a", 15, "b", 1), beforeAnyTick))
                .flags())
        .isEmpty();
  }

  @Test
  void flagsADeviceThatWasNotSeenRegisteredAndJudgesItByTheDefaultRules() {
    ScoredRecord record =
        record(new TestingDevice(draft.rules()).apply(collected(MIDNIGHT, "a", 15), clock(0)));

    assertThat(record.score()).isEqualTo(1);
    assertThat(record.model()).isEmpty();
    assertThat(paths(record)).containsExactly("unregistered");
  }

  @Test
  void rejectsBelowTheThresholdAndSaysSo() {
    draft.threshold(0.75);

    assertThat(device().apply(collected(MIDNIGHT, "a", 15), clock(0)))
        .first()
        .isInstanceOf(Accepted.class);

    List<TelemetryFact> facts = device().apply(collected(MIDNIGHT, "a", 5, "b", 2), clock(0));
    assertThat(facts).hasSize(1).first().isInstanceOf(Rejected.class);
    assertThat(record(facts).flags())
        .containsExactly(
            new Flag("a", "usual", false, "5 is below 10"),
            new Flag("b", "usual", false, "2 is above 1"),
            new Flag("", "score", true, record(facts).score() + " is below 0.75"));
  }

  @Test
  void rejectsForAHardViolationHoweverHighTheScore() {
    List<TelemetryFact> facts = device().apply(collected(MIDNIGHT, "a", -1, "b", 1), clock(0));

    assertThat(facts).hasSize(1).first().isInstanceOf(Rejected.class);
    assertThat(record(facts).flags())
        .containsExactly(
            new Flag("a", "range", true, "-1 is below 0"),
            new Flag("a", "usual", false, "-1 is below 10"));
  }
}
