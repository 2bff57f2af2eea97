// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.Check.Off;
import io.twinlog.domain.telemetry.Check.Range;
import io.twinlog.domain.telemetry.Check.Rate;
import io.twinlog.domain.telemetry.Check.Usual;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricRulesTest {
  private static final Range WIDE = new Range(-40, 125, Cost.HARD);
  private static final Range NARROW = new Range(-10, 60, Cost.HARD);
  private static final Usual USUAL = new Usual(0, 30, Cost.soft(0.2));
  private static final Rate RATE = new Rate(1, Cost.soft(0.3));

  private final QualityRules rules =
      new Quality.Draft()
          .every(RATE)
          .metric("temperature", 2, WIDE, USUAL)
          .model(
              "freezer",
              List.of("temperature"),
              Map.of(
                  "temperature",
                      new MetricRules(List.of(NARROW, new Off("usual")), MetricRules.INHERITED),
                  "door", new MetricRules(List.of(new Off("rate")), 0.5)))
          .rules();

  @Test
  void holdForEveryMetricThatNothingCloserIsSaidOf() {
    assertThat(rules.of("", "humidity")).isEqualTo(new MetricRules(List.of(RATE), 1));
    assertThat(rules.of("freezer", "humidity")).isEqualTo(new MetricRules(List.of(RATE), 1));
    assertThat(rules.of("freezer-2", "temperature")).isEqualTo(rules.of("", "temperature"));
  }

  @Test
  void addTheChecksOfAMetricInTheOrderOfTheirNames() {
    assertThat(rules.of("", "temperature"))
        .isEqualTo(new MetricRules(List.of(WIDE, RATE, USUAL), 2));
  }

  @Test
  void replaceAndTakeAwayByNameInACloserLayer() {
    assertThat(rules.of("freezer", "temperature"))
        .isEqualTo(new MetricRules(List.of(NARROW, RATE), 2));
    assertThat(rules.of("freezer", "door")).isEqualTo(new MetricRules(List.of(), 0.5));
  }

  @Test
  void areNoneForAModelThatIsNotNamed() {
    assertThat(rules.required("freezer")).containsExactly("temperature");
    assertThat(rules.required("")).isEmpty();
  }
}
