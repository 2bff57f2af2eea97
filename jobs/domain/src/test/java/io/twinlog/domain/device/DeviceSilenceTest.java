// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.FIVE_PAST_NINE;
import static io.twinlog.domain.device.Devices.NINE;
import static io.twinlog.domain.device.Devices.OVERHEATED;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.TEN_PAST_NINE;
import static io.twinlog.domain.device.Devices.WENT_OFFLINE;
import static io.twinlog.domain.device.Devices.data;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.provisioned;
import static io.twinlog.domain.device.Devices.withTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceUpdated;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A device that says nothing: when it is offline, once, and what brings it back. */
class DeviceSilenceTest {
  private static Moment justBefore(Moment moment) {
    return moment.atClock(moment.clock() - 1);
  }

  @Test
  void isAliveUntilTheDeadline() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .whenClockReaches(justBefore(TEN_PAST_NINE))
        .thenNothing()
        .thenStatus(Status.ONLINE);
  }

  @Test
  void goesOfflineAtTheDeadlinesOwnTime() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .after(Duration.ofHours(3))
            .whenClockReaches(NINE.atClock(NINE.clock() + Duration.ofHours(3).toMillis()))
            .then(WENT_OFFLINE)
            .thenStatus(Status.OFFLINE);

    assertThat(device.produced())
        .containsExactly(
            new Recorded<>(3, TEN_PAST_NINE, TEN_PAST_NINE.logTime(), Cause.TIMEOUT, WENT_OFFLINE));
    assertThat(device.state().since()).isEqualTo(TEN_PAST_NINE.logTime());
    assertThat(device.state().cause()).isEqualTo(Cause.TIMEOUT);
    assertThat(device.state().link().lastOffline()).isEqualTo(TEN_PAST_NINE.logTime());
  }

  @Test
  void goesOfflineBeforeTheRecordThatComesTooLate() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(Duration.ofMinutes(11))
        .when(heartbeat().in("s-1"))
        .then(WENT_OFFLINE, new DeviceCameOnline("s-1", "device.heartbeat"))
        .thenStatus(Status.ONLINE);
  }

  @Test
  void staysOnlineByARecordOfTheDeadlinesOwnMillisecond() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(Duration.ofMinutes(10))
        .when(heartbeat())
        .thenNothing()
        .thenStatus(Status.ONLINE);
  }

  @Test
  void goesOfflineBeforeARecordOneMillisecondLater() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(Duration.ofMinutes(10).plusMillis(1))
        .when(heartbeat())
        .then(WENT_OFFLINE, new DeviceCameOnline("", "device.heartbeat"));
  }

  @Test
  void givesADeviceThatNeverSpokeOneFullTimeoutFromItsRegistration() {
    DeviceSpecification device = device().given(REGISTERED);

    device.whenClockReaches(justBefore(TEN_PAST_NINE)).thenNothing();
    device.whenClockReaches(TEN_PAST_NINE).then(WENT_OFFLINE).thenStatus(Status.OFFLINE);
    assertThat(device.vitals().lastSeen()).isZero();
  }

  @Test
  void goesOfflineOnceInOneSilence() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .whenClockReaches(TEN_PAST_NINE)
        .then(WENT_OFFLINE)
        .whenClockReaches(TEN_PAST_NINE.atClock(TEN_PAST_NINE.clock() + 86_400_000))
        .thenNothing();
  }

  @Test
  void goesOfflineAgainInTheNextSilence() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(Duration.ofMinutes(30))
        .when(heartbeat())
        .whenClockReaches(NINE.atClock(NINE.clock() + Duration.ofMinutes(40).toMillis()))
        .then(WENT_OFFLINE);
  }

  @Test
  void startsTheTimeoutAnewWithEachSignOfLife() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(Duration.ofMinutes(5))
        .when(data())
        .whenClockReaches(justBefore(FIVE_PAST_NINE.atClock(FIVE_PAST_NINE.clock() + 600_000)))
        .thenNothing()
        .whenClockReaches(FIVE_PAST_NINE.atClock(FIVE_PAST_NINE.clock() + 600_000))
        .then(WENT_OFFLINE);
  }

  @Test
  void goesOfflineWithAFaultOpen() {
    device()
        .given(REGISTERED, CAME_ONLINE, OVERHEATED)
        .whenClockReaches(TEN_PAST_NINE)
        .then(WENT_OFFLINE)
        .thenStatus(Status.OFFLINE)
        .when(heartbeat())
        .thenStatus(Status.FAULTED);
  }

  @Test
  void waitsAsLongAsTheDeviceSays() {
    device()
        .given(new DeviceRegistered(withTimeout(300_000), false), CAME_ONLINE)
        .whenClockReaches(justBefore(FIVE_PAST_NINE))
        .thenNothing()
        .whenClockReaches(FIVE_PAST_NINE)
        .then(WENT_OFFLINE);
  }

  @Test
  void takesUpALongerTimeoutAtOnce() {
    device()
        .given(new DeviceRegistered(withTimeout(300_000), false), CAME_ONLINE)
        .when(provisioned(withTimeout(600_000)))
        .whenClockReaches(justBefore(TEN_PAST_NINE))
        .thenNothing()
        .whenClockReaches(TEN_PAST_NINE)
        .then(WENT_OFFLINE);
  }

  @Test
  void endsAShorterTimeoutAtTheEarliestWhenItBecameShorter() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .after(Duration.ofMinutes(5))
            .when(provisioned(withTimeout(60_000)))
            .then(new DeviceUpdated(withTimeout(60_000)))
            .whenClockReaches(FIVE_PAST_NINE)
            .then(WENT_OFFLINE);

    assertThat(device.produced().get(0).at()).isEqualTo(FIVE_PAST_NINE);
  }

  @Test
  void isNotSilentBeforeAShorterTimeoutHasPassed() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .when(provisioned(withTimeout(300_000)))
        .whenClockReaches(justBefore(FIVE_PAST_NINE))
        .thenNothing()
        .whenClockReaches(FIVE_PAST_NINE)
        .then(WENT_OFFLINE);
  }

  @Test
  void waitsForNothingBeforeItIsRegistered() {
    assertThat(device().shell().waits()).isFalse();
  }
}
