// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.DAY;
import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.MINUTE;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.measured;
import static io.twinlog.domain.telemetry.Quality.result;
import static io.twinlog.domain.telemetry.Quality.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Severity;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.QualityRules.Trigger;
import io.twinlog.domain.telemetry.TelemetryCommand.Aside;
import io.twinlog.domain.telemetry.TelemetryCommand.Collected;
import io.twinlog.domain.telemetry.TelemetryCommand.Registered;
import io.twinlog.domain.telemetry.TelemetryCommand.Withdrawn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A new command, fact or check fails here until it has a rule and a test. */
class TelemetryCompletenessTest {
  private static final Cost SOFT = Cost.soft(0.1);

  private static final List<Check> CHECKS =
      List.of(
          new Check.Type(Check.Kind.NUMBER, Cost.HARD),
          new Check.Range(0, 100, Cost.HARD),
          new Check.Usual(10, 20, SOFT),
          new Check.Rate(1, SOFT),
          new Check.Stuck(1, 2, 0, SOFT),
          new Check.Outlier(5, 2, SOFT),
          new Check.Expression(
              "even", when(facts -> (double) facts.get("value") % 2 == 0), "", SOFT),
          new Check.Custom("own", "none", Map.of(), SOFT),
          new Check.Off("off"));

  private static final List<TelemetryCommand> COMMANDS =
      List.of(
          new Registered("m"),
          new Collected(measured("e-1", MIDNIGHT, "t", 15)),
          new Collected(measured("e-2", MIDNIGHT + 2 * MINUTE, "t", 16)),
          new Collected(measured("e-3", MIDNIGHT + 3 * MINUTE, "t", -1)),
          result("d-1/e-1", "fine"),
          new Withdrawn(),
          new Aside());

  @Test
  void knowsEveryCheck() {
    assertThat(CHECKS)
        .<Class<?>>extracting(Object::getClass)
        .containsExactlyInAnyOrder(Check.class.getPermittedSubclasses());
  }

  @Test
  void knowsEveryCommand() {
    assertThat(COMMANDS)
        .<Class<?>>extracting(Object::getClass)
        .contains(TelemetryCommand.class.getPermittedSubclasses());
  }

  @Test
  void tellsEveryFactInOneLife() {
    QualityRules rules =
        new Quality.Draft()
            .every(CHECKS.toArray(Check[]::new))
            .anomaly(new Anomaly("any", List.of(), null, Severity.LOW, "told"))
            .trigger(new Trigger("any", when(facts -> true), new Action.Command("X", "{}")))
            .rules();
    TestingDevice device = new TestingDevice(rules);
    COMMANDS.forEach(command -> device.apply(command, clock(3 * MINUTE)));
    device.silentUntil(clock(40 * DAY));

    assertThat(device.facts)
        .<Class<?>>extracting(Object::getClass)
        .contains(TelemetryFact.class.getPermittedSubclasses());
  }

  @Test
  void namesNoTwoChecksAlike() {
    assertThat(CHECKS).extracting(Check::name).doesNotHaveDuplicates();
  }
}
