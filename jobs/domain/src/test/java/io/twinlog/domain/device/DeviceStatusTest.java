// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.FIVE_PAST_NINE;
import static io.twinlog.domain.device.Devices.NINE;
import static io.twinlog.domain.device.Devices.OVERHEATED;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.TEN_PAST_NINE;
import static io.twinlog.domain.device.Devices.THERMOMETER_REGISTRATION;
import static io.twinlog.domain.device.Devices.WENT_OFFLINE;
import static io.twinlog.domain.device.Devices.configurationTold;
import static io.twinlog.domain.device.Devices.data;
import static io.twinlog.domain.device.Devices.error;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.offline;
import static io.twinlog.domain.device.Devices.online;
import static io.twinlog.domain.device.Devices.processed;
import static io.twinlog.domain.device.Devices.provisioned;
import static io.twinlog.domain.device.Devices.recovered;
import static io.twinlog.domain.device.Devices.registration;
import static io.twinlog.domain.device.Devices.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceCommand.DecommissionDevice;
import io.twinlog.domain.device.DeviceCommand.RegisterDevice;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceWentOffline;
import io.twinlog.domain.device.DeviceEvent.SessionStarted;
import io.twinlog.domain.device.DeviceEvent.StatusIgnored;
import io.twinlog.domain.device.DeviceEvent.StatusIgnored.Why;
import io.twinlog.domain.device.Devices.Saying;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device's own word does to its status: sessions, last wills, late and doubled reports. */
class DeviceStatusTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void comesOnlineInTheSessionThatItNames() {
    DeviceSpecification device =
        device()
            .given(REGISTERED)
            .after(MINUTE)
            .when(online().in("s-1"))
            .then(new DeviceCameOnline("s-1", "device.online"))
            .thenStatus(Status.ONLINE);

    assertThat(device.state().link().sessionId()).isEqualTo("s-1");
    assertThat(device.state().link().lastOnline()).isEqualTo(device.now().logTime());
    assertThat(device.state().since()).isEqualTo(device.now().logTime());
    assertThat(device.state().cause()).isEqualTo(Cause.ANNOUNCED);
  }

  @Test
  void goesOfflineWithTheReasonThatItGives() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .after(MINUTE)
            .when(new Saying("device.offline", new DeviceCommand.Offline("battery")))
            .then(new DeviceWentOffline("battery"))
            .thenStatus(Status.OFFLINE);

    assertThat(device.state().link().lastOffline()).isEqualTo(device.now().logTime());
    assertThat(device.vitals().lastSeen()).isEqualTo(NINE.logTime());
  }

  @Test
  void logsANewSessionOfADeviceThatNeverWent() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .when(online().in("s-2"))
            .then(new SessionStarted("s-2"))
            .thenStatus(Status.ONLINE);

    assertThat(device.state().link().sessionId()).isEqualTo("s-2");
    assertThat(device.state().link().lastOnline()).isEqualTo(NINE.logTime());
  }

  @Test
  void keepsTheSessionWhereAReportNamesNone() {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE, WENT_OFFLINE).when(heartbeat());

    assertThat(device.state().link().sessionId()).isEqualTo("s-1");
  }

  @Test
  void ignoresTheLastWillOfTheSessionBefore() {
    device()
        .given(REGISTERED, CAME_ONLINE, new SessionStarted("s-2"))
        .after(MINUTE)
        .when(offline().in("s-1"))
        .then(new StatusIgnored("offline", Why.OTHER_SESSION, "s-1"))
        .thenStatus(Status.ONLINE);
  }

  @Test
  void believesTheLastWillOfTheCurrentSession() {
    device().given(REGISTERED, CAME_ONLINE).when(offline().in("s-1")).then(WENT_OFFLINE);
  }

  @Test
  void believesAnOfflineThatNamesNoSession() {
    device().given(REGISTERED, CAME_ONLINE).when(offline()).then(WENT_OFFLINE);
  }

  @Test
  void believesAnOfflineWhereNoSessionIsKnown() {
    device()
        .given(REGISTERED, new DeviceCameOnline("", "device.online"))
        .when(offline().in("s-9"))
        .then(WENT_OFFLINE);
  }

  @Test
  void logsAnOfflineAsStaleThatIsOlderThanTheOnline() {
    device()
        .given(REGISTERED)
        .after(MINUTE)
        .given(CAME_ONLINE)
        .when(offline().in("s-1").at(NINE))
        .then(new StatusIgnored("offline", Why.STALE, "s-1"))
        .thenStatus(Status.ONLINE);
  }

  @Test
  void logsAnOnlineAsStaleThatIsOlderThanTheOffline() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(MINUTE)
        .given(WENT_OFFLINE)
        .when(online().in("s-2").at(NINE))
        .then(new StatusIgnored("online", Why.STALE, "s-2"))
        .thenStatus(Status.OFFLINE);
  }

  @Test
  void logsAnOnlineAsStaleThatIsOlderThanTheOnline() {
    DeviceSpecification device =
        device()
            .given(REGISTERED)
            .after(MINUTE)
            .given(CAME_ONLINE)
            .when(online().in("s-0").at(NINE))
            .then(new StatusIgnored("online", Why.STALE, "s-0"));

    assertThat(device.state().link().sessionId()).isEqualTo("s-1");
  }

  @Test
  void logsAnOfflineAsStaleThatIsOlderThanTheSession() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(MINUTE)
        .given(new SessionStarted("s-2"))
        .when(offline().at(NINE))
        .then(new StatusIgnored("offline", Why.STALE, ""));
  }

  @Test
  void believesAReportOfTheSameMillisecond() {
    device().given(REGISTERED, CAME_ONLINE).when(offline().at(NINE)).then(WENT_OFFLINE);
  }

  @Test
  void takesAStaleOnlineForASignOfLife() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .after(Duration.ofMinutes(5))
            .when(online().in("s-0").at(NINE.atClock(NINE.clock() - 1)))
            .then(new StatusIgnored("online", Why.STALE, "s-0"));

    assertThat(device.vitals().lastSeen()).isEqualTo(FIVE_PAST_NINE.logTime());
    device.whenClockReaches(TEN_PAST_NINE).thenNothing().thenStatus(Status.ONLINE);
  }

  @Test
  void endsSilenceByAStaleOnlineToo() {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .whenClockReaches(TEN_PAST_NINE)
        .then(WENT_OFFLINE)
        .when(online().in("s-0").at(NINE.atClock(NINE.clock() - 1)))
        .then(new DeviceCameOnline("s-0", "device.online"));
  }

  @Test
  void doesNotCountATimeoutAsAReport() {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE).whenClockReaches(TEN_PAST_NINE);

    assertThat(device.state().link().statusSetAt()).isEqualTo(NINE.logTime());
    device.when(online().at(FIVE_PAST_NINE)).then(new DeviceCameOnline("", "device.online"));
  }

  static Stream<Saying> signsOfLife() {
    return Stream.of(
        online(),
        heartbeat(),
        data(),
        error("overheated"),
        recovered(""),
        configurationTold(Values.NONE));
  }

  @ParameterizedTest
  @MethodSource("signsOfLife")
  void isBroughtBackByWhateverItSays(Saying saying) {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE, WENT_OFFLINE).after(MINUTE).when(saying.in("s-2"));

    assertThat(device.produced().get(0).event())
        .isEqualTo(new DeviceCameOnline("s-2", saying.eventType()));
    assertThat(device.state().link().connection()).isEqualTo(Connection.ONLINE);
    assertThat(device.vitals().lastSeen()).isEqualTo(device.now().logTime());
  }

  @ParameterizedTest
  @MethodSource("signsOfLife")
  void startsTheSilenceAnewByWhateverItSays(Saying saying) {
    device()
        .given(REGISTERED, CAME_ONLINE)
        .after(MINUTE)
        .when(saying)
        .whenClockReaches(TEN_PAST_NINE)
        .thenNothing();
  }

  static Stream<Saying> wordsOfOthers() {
    return Stream.of(offline(), processed(), provisioned(registration("TH-8", Values.NONE)));
  }

  @ParameterizedTest
  @MethodSource("wordsOfOthers")
  void isNotBroughtBackByWhatOthersSayOfIt(Saying saying) {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE, WENT_OFFLINE).after(MINUTE).when(saying);

    device.thenStatus(Status.OFFLINE);
    assertThat(device.vitals().lastSeen()).isEqualTo(NINE.logTime());
  }

  @Test
  void tellsTelemetryFromOtherSignsOfLife() {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE).after(MINUTE).when(data()).after(MINUTE);

    device.when(heartbeat());

    assertThat(device.vitals().lastData()).isEqualTo(NINE.logTime() + 60_000);
    assertThat(device.vitals().lastSeen()).isEqualTo(NINE.logTime() + 120_000);
  }

  @Test
  void neverCountsALaterSignOfLifeAsEarlier() {
    DeviceSpecification device = device().given(REGISTERED, CAME_ONLINE).after(MINUTE);
    device.when(data());

    device.after(Duration.ofMinutes(-1)).when(data());

    assertThat(device.vitals().aliveClock()).isEqualTo(NINE.clock() + 60_000);
    assertThat(device.vitals().lastSeen()).isEqualTo(NINE.logTime() + 60_000);
  }

  @Test
  void saysWhenAndWhyEachEventHappened() {
    DeviceSpecification device = device().after(MINUTE);

    device.when(new RegisterDevice(THERMOMETER_REGISTRATION));
    device.when(error("overheated").at(NINE));
    device.when(new ReportFault("leaking", OVERHEATED.severity(), ""));
    device.when(new DecommissionDevice(""));

    long now = device.now().logTime();
    assertThat(device.shell().log)
        .extracting(Recorded::cause)
        .containsExactly(Cause.COMMAND, Cause.ANNOUNCED, Cause.FAULT, Cause.FAULT, Cause.COMMAND);
    assertThat(device.shell().log)
        .extracting(Recorded::occurredAt)
        .containsExactly(now, NINE.logTime(), NINE.logTime(), now, now);
    assertThat(device.shell().log).extracting(Recorded::at).containsOnly(device.now());
  }

  @Test
  void keepsSinceWhenAndWhyItHasItsStatus() {
    DeviceSpecification device = device().after(MINUTE);

    device.when(new RegisterDevice(THERMOMETER_REGISTRATION));
    assertThat(device.state().since()).isEqualTo(NINE.logTime() + 60_000);
    assertThat(device.state().cause()).isEqualTo(Cause.COMMAND);

    device.after(MINUTE).when(online()).after(MINUTE).when(new SetAttributes(set("room", "12")));
    assertThat(device.state().since()).isEqualTo(NINE.logTime() + 120_000);
    assertThat(device.state().cause()).isEqualTo(Cause.ANNOUNCED);
  }

  @Test
  void isRegisteredWithoutAModelByItsFirstWord() {
    device(Devices.autoRegistering())
        .when(heartbeat().in("s-1"))
        .then(
            new DeviceRegistered(Registration.NONE, true),
            new DeviceCameOnline("s-1", "device.heartbeat"));
  }

  @Test
  void namesTheDeviceThatItDoesNotKnow() {
    assertThat(device().when(heartbeat()).thenRefused("unknown_device").reasons().get(0).message())
        .contains(Devices.THERMOMETER);
  }
}
