// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.SECOND;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.collected;
import static io.twinlog.domain.telemetry.Quality.undecided;
import static io.twinlog.domain.telemetry.Quality.when;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Check.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What each check finds: just inside of its bound nothing, just outside the value and the bound.
 */
class TelemetryChecksTest {
  private static final Cost SOFT = Cost.soft(0.25);

  private static TestingDevice with(Check... checks) {
    return new TestingDevice(new Quality.Draft().metric("t", 1, checks).rules())
        .registered("m", clock(0));
  }

  /** Values of t, one a second: the flags of the last one. */
  private static List<Flag> flags(TestingDevice device, Object... values) {
    List<Flag> flags = List.of();
    for (int i = 0; i < values.length; i++) {
      long time = i * SECOND;
      flags = record(device.apply(collected(MIDNIGHT + time, "t", values[i]), clock(time))).flags();
    }
    return flags;
  }

  private static Flag soft(String check, String message) {
    return new Flag("t", check, false, message);
  }

  private static Flag hard(String check, String message) {
    return new Flag("t", check, true, message);
  }

  @Test
  void rangeTakesItsBoundsAndNothingBeyond() {
    Check range = new Check.Range(-40, 125, Cost.HARD);

    assertThat(flags(with(range), -40)).isEmpty();
    assertThat(flags(with(range), 125.0)).isEmpty();
    assertThat(flags(with(range), Math.nextUp(125.0)))
        .containsExactly(hard("range", "125.00000000000001 is above 125"));
    assertThat(flags(with(range), -40.5)).containsExactly(hard("range", "-40.5 is below -40"));
  }

  @Test
  void usualTakesItsBoundsAndNothingBeyond() {
    Check usual = new Check.Usual(0.5, 30, SOFT);

    assertThat(flags(with(usual), 0.5)).isEmpty();
    assertThat(flags(with(usual), 30)).isEmpty();
    assertThat(flags(with(usual), 31)).containsExactly(soft("usual", "31 is above 30"));
    assertThat(flags(with(usual), 0)).containsExactly(soft("usual", "0 is below 0.5"));
  }

  @Test
  void rateIsAskedOfTwoValuesInOrder() {
    Check rate = new Check.Rate(2, SOFT);

    assertThat(flags(with(rate), 10)).isEmpty();
    assertThat(flags(with(rate), 10, 12)).isEmpty();
    assertThat(flags(with(rate), 10, 8)).isEmpty();
    assertThat(flags(with(rate), 10, 12.5))
        .containsExactly(soft("rate", "moved by 2.5 in 1 s; 2 a second are possible"));
  }

  @Test
  void rateSaysNothingOfWhatComesLateOrAtTheSameTime() {
    TestingDevice device = with(new Check.Rate(2, SOFT));
    flags(device, 10, 10, 10);

    for (long time : new long[] {MIDNIGHT + 2 * SECOND, MIDNIGHT + SECOND}) {
      assertThat(record(device.apply(collected(time, "t", 99), clock(3 * SECOND))).flags())
          .isEmpty();
    }
  }

  @Test
  void rateGetsUsedToANewLevel() {
    assertThat(flags(with(new Check.Rate(2, SOFT)), 10, 20, 20.5)).isEmpty();
  }

  @Test
  void stuckWantsBothTheTimeAndTheValues() {
    assertThat(flags(with(new Check.Stuck(2 * SECOND, 3, 0, SOFT)), 5, 5)).isEmpty();
    assertThat(flags(with(new Check.Stuck(2 * SECOND, 3, 0, SOFT)), 5, 5, 5))
        .containsExactly(soft("stuck", "the same for 2000 ms and 3 values"));
    assertThat(flags(with(new Check.Stuck(2 * SECOND + 1, 3, 0, SOFT)), 5, 5, 5)).isEmpty();
    assertThat(flags(with(new Check.Stuck(2 * SECOND, 4, 0, SOFT)), 5, 5, 5)).isEmpty();
    assertThat(flags(with(new Check.Stuck(2 * SECOND, 3, 0, SOFT)), 5, 6, 5, 5)).isEmpty();
  }

  @Test
  void stuckMeasuresItsToleranceFromTheFirstOfThem() {
    Check stuck = new Check.Stuck(2 * SECOND, 3, 0.5, SOFT);

    assertThat(flags(with(stuck), 5, 5.5, 4.5)).hasSize(1);
    assertThat(flags(with(stuck), 5, 5.5, 5.75)).isEmpty();
  }

  @Test
  void outlierJudgesBySoManyValuesAsItWasTold() {
    Check outlier = new Check.Outlier(5, 4, SOFT);
    RobustEstimate estimate = RobustEstimate.NONE.with(10).with(11).with(10).with(11);
    double off = Math.rint(estimate.deviations(1_000) * 100) / 100;

    assertThat(estimate.deviations(1_000)).isGreaterThan(5);
    assertThat(flags(with(outlier), 10, 11, 10, 1_000)).isEmpty();
    assertThat(flags(with(outlier), 10, 11, 10, 11, 10.5)).isEmpty();
    assertThat(flags(with(outlier), 10, 11, 10, 11, 1_000))
        .containsExactly(
            soft(
                "outlier",
                "1000 is %s deviations from %s; 5 are usual"
                    .formatted(Numbers.text(off), Numbers.text(estimate.level()))));
  }

  @Test
  void typeIsThatOfTheValue() {
    Check number = new Check.Type(Check.Kind.NUMBER, Cost.HARD);
    Check text = new Check.Type(Check.Kind.STRING, SOFT);

    assertThat(flags(with(number), 5)).isEmpty();
    assertThat(flags(with(number), 5.5)).isEmpty();
    assertThat(flags(with(text), "open")).isEmpty();
    assertThat(flags(with(number), true))
        .containsExactly(hard("type", "is a boolean, must be a number"));
    assertThat(flags(with(text), 5)).containsExactly(soft("type", "is a number, must be a string"));
  }

  @Test
  void aTextIsNothingForAMetricWithChecksOfNumbers() {
    assertThat(flags(with(new Check.Range(0, 1, SOFT)), "high"))
        .containsExactly(hard("type", "t is a string; range is a check of numbers"));
    assertThat(flags(with(new Check.Rate(1, SOFT)), true))
        .containsExactly(hard("type", "t is a boolean; rate is a check of numbers"));
    assertThat(flags(with(new Check.Outlier(5, 4, SOFT)), "high")).isEmpty();
  }

  @Test
  void whatIsNoNumberIsRejectedWhateverTheRules() {
    for (double wrong :
        new double[] {
          Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Math.nextUp(1e100), -2e100
        }) {
      assertThat(flags(with(), wrong))
          .containsExactly(hard("type", Numbers.text(wrong) + " is no number within ±1e100"));
    }
    assertThat(flags(with(), 1e100)).isEmpty();
    assertThat(flags(with(), Double.MIN_VALUE)).isEmpty();
    assertThat(flags(with(), -0.0)).isEmpty();
  }

  @Test
  void anExpressionSeesTheValueAndWhatStandsAroundIt() {
    Map<String, Object> seen = new HashMap<>();
    Check check =
        new Check.Expression(
            "wet",
            when(
                facts -> {
                  seen.putAll(facts);
                  return (double) facts.get("value") < 50;
                }),
            "too wet",
            SOFT);
    TestingDevice device = with(check);

    assertThat(record(device.apply(collected(MIDNIGHT, "t", 49, "door", "open"), clock(7))).flags())
        .isEmpty();
    assertThat(seen)
        .isEqualTo(
            Map.of(
                "value",
                49.0,
                "data",
                Map.of("t", 49.0, "door", "open"),
                "metric",
                "t",
                "model",
                "m",
                "device_id",
                "d-1",
                "age_ms",
                7L));
    assertThat(flags(with(check), 50)).containsExactly(soft("wet", "too wet"));
  }

  @Test
  void anExpressionThatCannotBeDecidedDoesNotHold() {
    assertThat(flags(with(new Check.Expression("own", undecided("no x"), "never", SOFT)), 1))
        .containsExactly(soft("own", "cannot be decided: no x"));
  }

  @Test
  void aViolationWithoutAWordIsOneToo() {
    assertThat(flags(with(new Check.Expression("own", when(facts -> false), "", SOFT)), 1))
        .containsExactly(soft("own", "does not hold: a condition of a test"));

    TestingDevice device =
        new TestingDevice(
            new Quality.Draft().metric("t", 1, custom()).rules(),
            TestingDevice.LIMITS,
            new QualityChecks(List.of(new OwnCheck("mute", sample -> Verdict.violated(null)))));
    device.registered("m", clock(0));
    assertThat(flags(device, 1)).containsExactly(soft("own", "does not hold: mute"));
  }

  private static Check custom() {
    return new Check.Custom("own", "mute", Map.of("max", "20"), SOFT);
  }

  @Test
  void aCheckOfAUserSeesTheSampleAndWhatWasBefore() {
    List<Sample> samples = new ArrayList<>();
    TestingDevice device =
        new TestingDevice(
            new Quality.Draft().metric("t", 1, custom()).rules(),
            TestingDevice.LIMITS,
            new QualityChecks(
                List.of(
                    new OwnCheck(
                        "mute",
                        sample -> {
                          samples.add(sample);
                          return samples.size() == 2 ? Verdict.violated("twice") : Verdict.OK;
                        }))));
    device.registered("m", clock(0));

    assertThat(flags(device, 1, 2)).containsExactly(soft("own", "twice"));
    assertThat(samples).hasSize(2);
    Sample second = samples.get(1);
    assertThat(samples.get(0).previous()).isEmpty();
    assertThat(second.previous()).contains(new Sample.Reading(new Scalar.Decimal(1), MIDNIGHT));
    assertThat(second.reading())
        .isEqualTo(new Sample.Reading(new Scalar.Whole(2), MIDNIGHT + SECOND));
    assertThat(second.subject()).isEqualTo(new Sample.Subject("d-1", "m", "t"));
    assertThat(second.data().entries()).containsOnlyKeys("t");
    assertThat(second.logTime()).isEqualTo(MIDNIGHT + SECOND);
  }

  private record OwnCheck(String name, Function<Sample, Verdict> rule) implements QualityCheck {
    @Override
    public Verdict check(Sample sample, Map<String, String> settings) {
      assertThat(settings).containsEntry("max", "20");
      return rule.apply(sample);
    }
  }

  @Test
  void aCheckThatNoJarBringsIsViolated() {
    assertThat(flags(with(custom()), 1))
        .containsExactly(soft("own", "no quality check mute is on the class path, which has none"));
  }
}
