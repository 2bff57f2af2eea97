// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.NINE;
import static io.twinlog.domain.device.Devices.OVERHEATED;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.WENT_OFFLINE;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.offline;
import static io.twinlog.domain.device.Devices.online;
import static io.twinlog.domain.device.Devices.set;
import static io.twinlog.domain.device.Devices.withTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceCommand.DecommissionDevice;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.DeviceEvent.AttributesSet;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.FlappingStarted;
import io.twinlog.domain.device.DeviceEvent.FlappingStopped;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A device that comes and goes: when it flaps, when it has calmed, and which notices are held. */
class DeviceFlappingTest {
  private static final Moment CALM_AT = NINE.atClock(NINE.clock() + 15 * 60_000);

  /** Online by the ninth transition in a row: 49 % of the weight. One more is 54 %. */
  private static DeviceSpecification restless(DeviceEvent registered) {
    return device()
        .given(registered, CAME_ONLINE)
        .times(4, offline().at(NINE), online().at(NINE))
        .thenStatus(Status.ONLINE);
  }

  private static DeviceSpecification flapping() {
    return restless(REGISTERED).when(offline()).when(online());
  }

  /** It says something every five minutes, so that it is not silent before it has calmed. */
  private static DeviceSpecification stayingOnline(DeviceSpecification device) {
    return device
        .after(Duration.ofMinutes(5))
        .when(heartbeat())
        .after(Duration.ofMinutes(5))
        .when(heartbeat());
  }

  @Test
  void doesNotFlapByHalfOfTheWeight() {
    assertThat(restless(REGISTERED).state().flapping()).isFalse();
  }

  @Test
  void flapsAboveHalfOfTheWeight() {
    DeviceSpecification device =
        restless(REGISTERED).when(offline()).then(WENT_OFFLINE, new FlappingStarted(54));

    assertThat(device.state().flapping()).isTrue();
  }

  @Test
  void startsToFlapByATimeoutToo() {
    DeviceSpecification device =
        restless(new DeviceRegistered(withTimeout(10_000), false))
            .whenClockReaches(NINE.atClock(NINE.clock() + 10_000))
            .then(WENT_OFFLINE, new FlappingStarted(54));

    assertThat(device.produced()).allMatch(event -> event.cause() == Cause.TIMEOUT);
  }

  @Test
  void flapsBetweenFaultedAndOnlineToo() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE);
    DeviceCommand report = new ReportFault("overheated", OVERHEATED.severity(), "81 °C");

    device.times(4, report, new ClearFault("overheated"));

    device.when(report).then(OVERHEATED, new FlappingStarted(54));
  }

  @Test
  void countsOnlyWhatChangesTheStatus() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE, WENT_OFFLINE);
    DeviceCommand report = new ReportFault("overheated", OVERHEATED.severity(), "81 °C");

    device.times(30, report, new ClearFault("overheated"));

    assertThat(device.state().flapping()).isFalse();
  }

  @Test
  void doesNotFlapByTransitionsWithCalmBetweenThem() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE);

    for (int i = 0; i < 30; i++) {
      device.after(Duration.ofMinutes(1)).when(offline());
      device.after(Duration.ofMinutes(2)).when(online());
    }

    assertThat(device.state().flapping()).isFalse();
  }

  @Test
  void isToldOnceWhileItGoesOn() {
    flapping().when(offline()).then(WENT_OFFLINE);
  }

  @Test
  void calmsWhenTheWeightFallsBelowAQuarter() {
    DeviceSpecification device = stayingOnline(flapping());

    device.whenClockReaches(CALM_AT.atClock(CALM_AT.clock() - 1)).thenNothing();
    device.whenClockReaches(CALM_AT).then(new FlappingStopped(23));
    assertThat(device.state().flapping()).isFalse();
  }

  @Test
  void doesNotStartAnewWithoutAnotherTransition() {
    DeviceSpecification device = stayingOnline(flapping()).whenClockReaches(CALM_AT);

    device
        .when(new SetAttributes(set("room", "12")))
        .then(new AttributesSet(set("room", "12")))
        .when(heartbeat())
        .thenNothing();
  }

  @Test
  void holdsItsNoticesUntilItHasCalmed() {
    DeviceSpecification device = restless(REGISTERED);
    assertThat(device.state().announcedStatus()).isEqualTo(Status.ONLINE);

    device.when(offline());
    assertThat(device.state().announcedStatus())
        .as("the one that started")
        .isEqualTo(Status.OFFLINE);

    device.when(online()).then(new DeviceCameOnline("", "device.online"));
    assertThat(device.state().announcedStatus()).as("held").isEqualTo(Status.OFFLINE);

    stayingOnline(device).whenClockReaches(CALM_AT);
    assertThat(device.state().announcedStatus()).as("released").isEqualTo(Status.ONLINE);
  }

  @Test
  void endsWithTheDeviceSoThatItsLastNoticeIsNotHeld() {
    DeviceSpecification device =
        flapping().when(new DecommissionDevice("")).then(new DeviceDecommissioned(""));

    assertThat(device.state().flapping()).isFalse();
    assertThat(device.state().announcedStatus()).isEqualTo(Status.DECOMMISSIONED);
  }
}
