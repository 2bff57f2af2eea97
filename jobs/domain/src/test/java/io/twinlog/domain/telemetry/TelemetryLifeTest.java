// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static io.twinlog.domain.telemetry.Quality.DAY;
import static io.twinlog.domain.telemetry.Quality.HOUR;
import static io.twinlog.domain.telemetry.Quality.MIDNIGHT;
import static io.twinlog.domain.telemetry.Quality.MINUTE;
import static io.twinlog.domain.telemetry.Quality.clock;
import static io.twinlog.domain.telemetry.Quality.collected;
import static io.twinlog.domain.telemetry.TestingDevice.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Check.Cost;
import io.twinlog.domain.telemetry.TelemetryCommand.Registered;
import io.twinlog.domain.telemetry.TelemetryCommand.Withdrawn;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.Forgotten;
import io.twinlog.domain.telemetry.TelemetryFact.LatestTold;
import io.twinlog.domain.telemetry.TelemetryFact.Rejected;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the first record of a device to the end of what is kept of it. */
class TelemetryLifeTest {
  private static final long RETENTION = TestingDevice.LIMITS.retention();

  private final QualityRules rules =
      new Quality.Draft()
          .metric("t", 1, new Check.Range(0, 100, Cost.HARD))
          .model(
              "freezer",
              List.of(),
              Map.of("t", new MetricRules(List.of(new Check.Range(-50, 0, Cost.HARD)), 1)))
          .rules();
  private final TestingDevice device = new TestingDevice(rules);

  private List<TelemetryFact> live(long millis, Object value) {
    return device.apply(collected(MIDNIGHT + millis, "t", value), clock(millis));
  }

  @Test
  void tellsRecordThenWindowsThenTheLatestValues() {
    live(0, 5);

    assertThat(device.apply(collected(MIDNIGHT + 2 * MINUTE, "t", 5), clock(1)))
        .<Class<?>>extracting(Object::getClass)
        .containsExactly(Accepted.class, WindowTold.class, LatestTold.class);
  }

  @Test
  void judgesByTheRulesOfTheModelFromItsRegistrationOn() {
    assertThat(live(0, 5).get(0)).isInstanceOf(Accepted.class);
    device.registered("freezer", clock(0));
    assertThat(live(1, 5).get(0)).isInstanceOf(Rejected.class);
    assertThat(record(live(1, -5)).model()).isEqualTo("freezer");
    device.registered("oven", clock(0));
    assertThat(live(1, 5).get(0)).isInstanceOf(Accepted.class);
    device.apply(new Withdrawn(), clock(2));
    assertThat(record(live(3, 5)).flags()).extracting(Flag::path).containsExactly("unregistered");
  }

  @Test
  void keepsTheNewestValueByEventTime() {
    device.registered("m", clock(0));
    live(10, 5);
    device.apply(collected(MIDNIGHT + 9, "t", 6), clock(11));
    assertThat(last("t")).isEqualTo(new Scalar.Whole(5));
    device.apply(collected(MIDNIGHT + 10, "t", 7), clock(11));
    assertThat(last("t")).isEqualTo(new Scalar.Whole(7));
    live(12, 101);
    assertThat(last("t")).isEqualTo(new Scalar.Whole(7));
  }

  private Scalar last(String metric) {
    Lane lane = device.vitals.present();
    return lane.track(lane.find(metric)).last();
  }

  @Test
  void cutsALongTextBetweenCharacters() {
    device.apply(collected(MIDNIGHT, "door", "x".repeat(254) + "😀😀"), clock(0));
    assertThat(last("door")).isEqualTo(new Scalar.Text("x".repeat(254) + '…'));
    device.apply(collected(MIDNIGHT, "door", "x".repeat(253) + "😀😀"), clock(0));
    assertThat(last("door")).isEqualTo(new Scalar.Text("x".repeat(253) + "😀…"));
    device.apply(collected(MIDNIGHT, "door", "x".repeat(256)), clock(0));
    assertThat(last("door")).isEqualTo(new Scalar.Text("x".repeat(256)));
  }

  @Test
  void writesTheLatestValuesAgainOnceADay() {
    device.registered("m", clock(0));
    live(0, 5);
    device.silentUntil(clock(10 * DAY));

    assertThat(device.facts.stream().filter(LatestTold.class::isInstance)).hasSize(11);
  }

  @Test
  void neverForgetsADeviceThatIsRegistered() {
    device.registered("m", clock(0));
    live(0, 5);

    assertThat(device.silentUntil(clock(2 * RETENTION))).noneMatch(Forgotten.class::isInstance);
    assertThat(device.waits()).isTrue();
  }

  @Test
  void forgetsADeviceThatIsNotRegisteredWhenItWasSilentForSoLong() {
    live(HOUR, 5);

    assertThat(device.silentUntil(clock(HOUR + RETENTION - 1)))
        .noneMatch(Forgotten.class::isInstance);
    assertThat(device.silentUntil(clock(HOUR + RETENTION))).containsExactly(new Forgotten());
    assertThat(device.vitals).isEqualTo(TelemetryVitals.NONE);
    assertThat(device.isNothing()).isTrue();
    assertThat(device.waits()).isFalse();
  }

  @Test
  void countsTheRetentionFromTheWithdrawalOfADeviceThatWasSilentBefore() {
    device.registered("m", clock(0));
    live(0, 5);
    device.apply(new Withdrawn(), clock(2 * RETENTION));

    assertThat(device.silentUntil(clock(3 * RETENTION - 1))).noneMatch(Forgotten.class::isInstance);
    assertThat(device.silentUntil(clock(3 * RETENTION))).contains(new Forgotten());
  }

  @Test
  void closesItsWindowsForGoodBeforeItIsForgotten() {
    TelemetryLimits brief = new TelemetryLimits(8, 64 << 10, 0, 1_000, DAY);
    TestingDevice known = new TestingDevice(rules, brief, QualityChecks.NONE);
    known.apply(collected(MIDNIGHT, "t", 5), clock(0));
    known.apply(collected(MIDNIGHT - 400 * DAY, "t", 5), clock(0));

    List<TelemetryFact> facts = known.silentUntil(clock(1_000));

    assertThat(facts).hasSize(7).last().isEqualTo(new Forgotten());
    assertThat(facts.subList(0, 6)).allMatch(fact -> ((WindowTold) fact).last());
  }

  @Test
  void remembersOfADeviceWhoseRecordsAreAllRejectedForAsLong() {
    assertThat(live(0, -1)).hasSize(1);
    assertThat(device.isNothing()).isFalse();
    assertThat(device.vitals.hasLatest()).isFalse();

    assertThat(device.silentUntil(clock(RETENTION - 1))).isEmpty();
    assertThat(device.silentUntil(clock(RETENTION))).containsExactly(new Forgotten());
    assertThat(device.isNothing()).isTrue();
  }

  @Test
  void keepsNothingOfADeviceThatIsWithdrawnBeforeItSaidAnything() {
    device.apply(new Registered("m"), clock(5));
    assertThat(device.isNothing()).isFalse();
    assertThat(device.waits()).isFalse();

    device.apply(new Withdrawn(), clock(6));
    assertThat(device.vitals).isEqualTo(TelemetryVitals.NONE);
  }

  @Test
  void whatIsAsideChangesNothing() {
    live(0, 5);
    TelemetryVitals before = device.vitals;

    assertThat(device.apply(new TelemetryCommand.Aside(), clock(1))).isEmpty();
    assertThat(device.vitals).isSameAs(before);
  }

  @Test
  void theRobustEstimateSeesEachNumberInOrderThatNoHardCheckForbids() {
    live(0, 5);
    live(1, 101);
    live(2, -5);
    device.apply(collected(MIDNIGHT, "t", 7), clock(3));
    live(3, 8);

    Lane lane = device.vitals.present();
    assertThat(lane.track(0).estimate()).isEqualTo(RobustEstimate.NONE.with(5).with(8));
  }
}
