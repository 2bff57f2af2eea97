// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.NINE;
import static io.twinlog.domain.device.Devices.OVERHEATED;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.WENT_OFFLINE;
import static io.twinlog.domain.device.Devices.error;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Moment;
import io.twinlog.domain.device.DeviceCommand.RegisterDevice;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.DeviceForgotten;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is written of a device beside its log, when, and how it ends. */
class DeviceKeepingTest {
  private static final SetAttributes ROOM_12 = new SetAttributes(set("room", "12"));
  private static final SetAttributes ROOM_13 = new SetAttributes(set("room", "13"));
  private static final Duration DAY = Duration.ofDays(1);

  private static Moment nineAfter(Duration duration) {
    return NINE.atClock(NINE.clock() + duration.toMillis());
  }

  @Test
  void takesASnapshotAfterAHundredVersions() {
    DeviceSpecification device =
        device().given(REGISTERED).times(49, ROOM_12, ROOM_13).times(1, ROOM_12);
    assertThat(device.state().version()).isEqualTo(100);

    assertThat(device.shell().snapshots).containsExactly(device.state());
  }

  @Test
  void takesASnapshotWhenABatchJumpsOverTheHundredth() {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE, WENT_OFFLINE).times(48, ROOM_12, ROOM_13);
    assertThat(device.shell().snapshots).isEmpty();

    device.when(error("overheated")).thenStatus(Status.FAULTED);

    assertThat(device.shell().snapshots).extracting(DeviceState::version).containsExactly(101L);
    device.times(49, ROOM_12, ROOM_13).times(1, ROOM_12);
    assertThat(device.shell().snapshots).hasSize(1);
    device.when(ROOM_13);
    assertThat(device.shell().snapshots)
        .extracting(DeviceState::version)
        .containsExactly(101L, 201L);
  }

  @Test
  void takesASnapshotWithTheNextChangeWhenTheLastHasGrownOld() {
    DeviceRules hourly = new Devices.RulesDraft().snapshots(100, 3_600_000).rules();
    DeviceSpecification device = device(hourly).given(REGISTERED, CAME_ONLINE).when(ROOM_12);
    assertThat(device.shell().snapshots).hasSize(1);

    device.after(Duration.ofMinutes(59)).when(ROOM_13);
    assertThat(device.shell().snapshots).hasSize(1);

    device.after(Duration.ofMinutes(1)).when(ROOM_13).thenNothing();
    assertThat(device.shell().snapshots).as("nothing changed").hasSize(1);

    device.when(ROOM_12);
    assertThat(device.shell().snapshots).hasSize(2);
  }

  @Test
  void takesNoSecondSnapshotOfTheSameVersion() {
    DeviceRules hourly = new Devices.RulesDraft().snapshots(100, 3_600_000).rules();
    DeviceSpecification device = device(hourly).given(REGISTERED).when(ROOM_12);

    boolean due = new Device(hourly).snapshotDue(device.state(), device.vitals(), nineAfter(DAY));

    assertThat(due).isFalse();
  }

  @Test
  void renewsTheSoftFieldsOnceAMinute() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE);
    int written = device.shell().projections.size();

    device.after(Duration.ofSeconds(59)).when(heartbeat());
    assertThat(device.shell().projections).hasSize(written);

    device.after(Duration.ofSeconds(1)).when(heartbeat());
    assertThat(device.shell().projections).hasSize(written + 1);

    device.after(Duration.ofSeconds(59)).when(heartbeat());
    assertThat(device.shell().projections).hasSize(written + 1);
  }

  @Test
  void writesNoProjectionForARecordThatMovesNothing() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE, OVERHEATED).when(ROOM_12);
    int written = device.shell().projections.size();

    device.after(Duration.ofMinutes(5)).when(ROOM_12).thenNothing();

    assertThat(device.shell().projections).hasSize(written);
  }

  @Test
  void writesTheProjectionAgainAfterADay() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE, WENT_OFFLINE);
    int written = device.shell().projections.size();

    device.whenClockReaches(nineAfter(DAY)).thenNothing();
    assertThat(device.shell().projections).hasSize(written + 1).last().isEqualTo(nineAfter(DAY));

    device.whenClockReaches(nineAfter(DAY.multipliedBy(2))).thenNothing();
    assertThat(device.shell().projections).hasSize(written + 2);
  }

  @Test
  void isForgottenWhenItsRetentionHasPassed() {
    Duration retention = Duration.ofDays(30);
    DeviceSpecification device = device().given(REGISTERED, new DeviceDecommissioned(""));

    device.whenClockReaches(nineAfter(retention.minusMillis(1))).thenNothing();
    device.whenClockReaches(nineAfter(retention)).then(new DeviceForgotten());

    assertThat(device.state()).isEqualTo(DeviceState.unknown(Devices.THERMOMETER));
    assertThat(device.vitals()).isEqualTo(DeviceVitals.NONE);
    assertThat(device.shell().waits()).as("nothing is left to wait for").isFalse();
  }

  @Test
  void isForgottenBetweenTwoDailyProjectionsToo() {
    Duration retention = Duration.ofHours(36);
    DeviceRules rules = new Devices.RulesDraft().retention(retention.toMillis()).rules();

    device(rules)
        .given(REGISTERED, new DeviceDecommissioned(""))
        .whenClockReaches(nineAfter(retention))
        .then(new DeviceForgotten());
  }

  @Test
  void isNotSilentAfterItsEnd() {
    device()
        .given(REGISTERED, CAME_ONLINE, new DeviceDecommissioned(""))
        .whenClockReaches(nineAfter(Duration.ofDays(29)))
        .thenNothing();
  }

  @Test
  void mayBeRegisteredAnewWhenItIsForgotten() {
    device()
        .given(REGISTERED, new DeviceDecommissioned(""))
        .whenClockReaches(nineAfter(Duration.ofDays(31)))
        .when(heartbeat())
        .thenRefused("unknown_device")
        .when(new RegisterDevice(Devices.THERMOMETER_REGISTRATION))
        .then(REGISTERED);
  }

  @Test
  void readsNoStateForASignOfLife() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE, OVERHEATED);
    Device rules = new Device(DeviceRules.DEFAULT);

    assertThat(rules.touchesOnlyVitals(device.vitals(), heartbeat().at(NINE), NINE)).isTrue();
    assertThat(rules.touchesOnlyVitals(device.vitals(), Devices.data().at(NINE), NINE)).isTrue();
    assertThat(rules.touchesOnlyVitals(device.vitals(), Devices.processed().at(NINE), NINE))
        .isTrue();
    assertThat(rules.touchesOnlyVitals(device.vitals(), ROOM_12, NINE)).isFalse();
    assertThat(rules.touchesOnlyVitals(device.vitals(), Devices.online().at(NINE), NINE)).isFalse();
  }

  /** What is told of a device must not be older than what was told of it before. */
  @Test
  void isForgottenAtTheNextRewriteWhereTheRetentionWasMadeShorterThanItHasBeenGone() {
    DeviceRules longer = new Devices.RulesDraft().retention(Duration.ofDays(30).toMillis()).rules();
    DeviceRules shorter = new Devices.RulesDraft().retention(Duration.ofDays(1).toMillis()).rules();
    long rewritten = Duration.ofDays(10).toMillis();
    DeviceVitals vitals =
        new DeviceVitals(
            Lifecycle.DECOMMISSIONED,
            Status.DECOMMISSIONED,
            Connection.OFFLINE,
            false,
            600_000,
            0,
            0,
            0,
            1,
            DeviceVitals.SequenceWatch.NONE,
            FlapHistory.CALM,
            new DeviceVitals.Published(rewritten, 0, 1, 1));

    assertThat(new Device(longer).deadline(vitals)).isEqualTo(rewritten + longer.rewrite());
    assertThat(new Device(shorter).deadline(vitals)).isEqualTo(rewritten + shorter.rewrite());
  }
}
