// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.DAY;
import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.SECOND;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.collected;
import static io.twinlog.domain.telemetry.Quality.undecided;
import static io.twinlog.domain.telemetry.Quality.when;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Severity;
import io.twinlog.domain.rules.Condition;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.QualityRules.Anomaly;
import io.twinlog.domain.telemetry.TelemetryFact.AnomalyFound;
import io.twinlog.domain.telemetry.TelemetryVitals.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryAnomaliesTest {
  private static final long INTERVAL = QualityRules.ANOMALY_INTERVAL;

  private final Quality.Draft draft =
      new Quality.Draft()
          .metric(
              "t", 1, new Check.Range(0, 100, Cost.HARD), new Check.Usual(10, 20, Cost.soft(0.1)));

  private static Anomaly anomaly(String name, List<String> checks, Condition when) {
    return new Anomaly(name, checks, when, Severity.HIGH, "message of " + name);
  }

  private TestingDevice device() {
    return new TestingDevice(draft.rules()).registered("m", clock(0));
  }

  private static List<AnomalyFound> found(TestingDevice device, long millis, double value) {
    return found(device.apply(collected(MIDNIGHT + millis, "t", value), clock(millis)));
  }

  private static List<AnomalyFound> found(List<TelemetryFact> facts) {
    return facts.stream()
        .filter(AnomalyFound.class::isInstance)
        .map(AnomalyFound.class::cast)
        .toList();
  }

  @Test
  void tellsOfARecordWithOneOfTheFlags() {
    draft.anomaly(anomaly("unusual", List.of("t/usual", "u/usual"), null));
    TestingDevice device = device();

    assertThat(found(device, 0, 15)).isEmpty();
    List<TelemetryFact> facts = device.apply(collected(MIDNIGHT, "t", 21), clock(0));
    assertThat(found(facts))
        .containsExactly(
            new AnomalyFound(
                "unusual",
                Severity.HIGH,
                "message of unusual",
                record(facts),
                List.of("t/usual"),
                0));
  }

  @Test
  void namesAFlagWithItsMetricOrWithout() {
    draft.anomaly(anomaly("any", List.of("usual"), null));
    draft.anomaly(anomaly("other", List.of("u/usual"), null));

    assertThat(found(device(), 0, 21)).extracting(AnomalyFound::name).containsExactly("any");
  }

  @Test
  void tellsOfARejectedRecordToo() {
    draft.anomaly(anomaly("impossible", List.of("range"), null));
    TestingDevice device = device();

    List<TelemetryFact> facts = device.apply(collected(MIDNIGHT, "t", -1), clock(0));
    assertThat(facts).hasSize(2).first().isInstanceOf(TelemetryFact.Rejected.class);
    assertThat(found(facts)).hasSize(1);
    assertThat(found(device, SECOND, -1)).isEmpty();
    assertThat(device.vitals.told()).containsExactly(new Told("impossible", 0, 1));
  }

  @Test
  void tellsOfARecordForWhichItsConditionHolds() {
    draft.anomaly(
        anomaly(
            "low",
            List.of(),
            when(
                facts ->
                    (double) facts.get("score") < 1
                        && facts.get("flags").equals(List.of("t/usual", "usual"))
                        && facts.get("model").equals("m")
                        && facts.get("device_id").equals("d-1"))));
    TestingDevice device = device();

    assertThat(found(device, 0, 15)).isEmpty();
    assertThat(found(device, 0, 21)).hasSize(1);
  }

  @Test
  void wantsBothFlagAndConditionWhereBothAreSaid() {
    draft.anomaly(
        anomaly("both", List.of("usual"), when(facts -> facts.toString().contains("22"))));
    TestingDevice device = device();

    assertThat(found(device, 0, 21)).isEmpty();
    assertThat(found(device, 0, 22)).hasSize(1);
  }

  @Test
  void flagsAnAnomalyThatCannotBeDecided() {
    draft.anomaly(anomaly("own", List.of(), undecided("no x")));
    TestingDevice device = device();

    List<TelemetryFact> facts = device.apply(collected(MIDNIGHT, "t", 15), clock(0));
    assertThat(found(facts)).isEmpty();
    assertThat(record(facts).flags())
        .containsExactly(new Flag("", "anomaly/own", false, "cannot be decided: no x"));
    assertThat(record(facts).score()).isEqualTo(1);
  }

  @Test
  void tellsOfARuleOnceInAnIntervalAndHowManyWereHeld() {
    draft.anomaly(anomaly("unusual", List.of("usual"), null));
    TestingDevice device = device();

    assertThat(found(device, 0, 21)).extracting(AnomalyFound::held).containsExactly(0);
    for (int i = 1; i <= 4; i++) {
      assertThat(found(device, i * SECOND, 21)).isEmpty();
    }
    assertThat(found(device, INTERVAL - 1, 21)).isEmpty();
    assertThat(found(device, INTERVAL, 21)).extracting(AnomalyFound::held).containsExactly(5);
    assertThat(found(device, 3 * INTERVAL, 21)).extracting(AnomalyFound::held).containsExactly(0);
  }

  @Test
  void holdsEachRuleForItself() {
    draft.anomaly(anomaly("unusual", List.of("usual"), null));
    draft.anomaly(anomaly("impossible", List.of("range"), null));
    TestingDevice device = device();

    assertThat(found(device, 0, 21)).hasSize(1);
    assertThat(found(device, 1, -1)).extracting(AnomalyFound::name).containsExactly("impossible");
  }

  @Test
  void rememberingEndsWithTheIntervalAndWithTheRule() {
    draft.anomaly(anomaly("unusual", List.of("usual"), null));
    TestingDevice device = device();
    found(device, 0, 21);
    found(device, INTERVAL, 15);
    assertThat(device.vitals.told()).isEmpty();

    found(device, INTERVAL + 1, 21);
    found(device, INTERVAL + 2, 21);
    assertThat(device.vitals.told()).containsExactly(new Told("unusual", INTERVAL + 1, 1));
    found(device, DAY, 15);
    assertThat(device.vitals.told()).containsExactly(new Told("unusual", INTERVAL + 1, 1));

    device.rules(new Quality.Draft().anomaly(anomaly("other", List.of("usual"), null)).rules());
    found(device, DAY + 1, 15);
    assertThat(device.vitals.told()).isEmpty();
  }
}
