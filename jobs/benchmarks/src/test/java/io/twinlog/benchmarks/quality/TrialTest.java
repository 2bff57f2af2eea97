// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.benchmarks.quality.Wrong.Kind;
import io.twinlog.domain.telemetry.QualityRules;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small fleet, judged: the floor under each check. The figures themselves are in the docs. */
class TrialTest {
  static final Path SIMULATOR =
      Path.of(System.getProperty("twinlog.root"), "docs/examples/rules/simulator.yaml");

  private static final Trial.Setting SETTING = new Trial.Setting(1, 12, 24_000);

  private static TrialFigures figures;

  @BeforeAll
  static void tries() throws IOException {
    QualityRules rules = RulesFile.read(SIMULATOR);
    figures = Comparison.of(SETTING, Trial.of(SETTING, rules), rules);
  }

  @Test
  void hearsAllOfTheFleetThatIsTelemetry() {
    assertThat(figures.records()).isBetween(17_000L, 20_000L);
    assertThat(figures.repeats()).isPositive();
    assertThat(figures.unreadable()).isPositive();
    assertThat(figures.clean()).isBetween(figures.records() * 8 / 10, figures.records());
    for (Kind kind : Kind.values()) {
      assertThat(recall(Comparison.ANY, kind)).as(kind.text()).isEqualTo(1);
    }
  }

  @Test
  void everyCheckFindsWhatItIsThereFor() {
    assertThat(recall("usual", Kind.SPIKE)).isEqualTo(1);
    assertThat(recall("rate", Kind.SPIKE)).isGreaterThan(0.9);
    assertThat(recall("outlier", Kind.SPIKE)).isGreaterThan(0.9);
    assertThat(recall("range", Kind.SPIKE)).isGreaterThan(0.2);
    assertThat(recall("stuck", Kind.STUCK)).isEqualTo(1);
    assertThat(recall("usual", Kind.DRIFT)).isEqualTo(1);
    assertThat(recall("required", Kind.DROPOUT)).isEqualTo(1);
  }

  @Test
  void noCheckCriesWolf() {
    for (CheckFigures check : figures.checks()) {
      assertThat(check.precision()).as(check.check()).isGreaterThan(0.98);
      assertThat(figures.falsePerThousand(check.check())).as(check.check()).isLessThan(0.3);
    }
  }

  @Test
  void whatIsBeyondTheBoundsOfACheckIsFound() {
    assertAllFound("range", Kind.SPIKE);
    assertAllFound("usual", Kind.SPIKE);
    assertAllFound("stuck", Kind.STUCK);
  }

  @Test
  void withoutRulesForTheModelsOnlyTheShippedOnesFlag() {
    Trial.Setting few = new Trial.Setting(1, 6, 3_000);

    Trial judged = Trial.of(few, QualityRules.DEFAULT);

    assertThat(judged.records())
        .flatExtracting(record -> record.flags())
        .isNotEmpty()
        .allMatch(flag -> flag.check().equals("outlier"));
  }

  private static double recall(String check, Kind kind) {
    return figures.of(check).of(kind).recall();
  }

  private static void assertAllFound(String check, Kind kind) {
    KindFigures of = figures.of(check).of(kind);
    assertThat(of.within()).as(check).isPositive();
    assertThat(of.foundWithin()).as(check).isEqualTo(of.within());
  }
}
