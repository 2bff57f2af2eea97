// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.NINE;
import static io.twinlog.domain.device.Devices.OVERHEATED;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.error;
import static io.twinlog.domain.device.Devices.recovered;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceEvent.FaultCleared.Why;
import io.twinlog.domain.device.DeviceEvent.FaultOpened;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Faults open, change, clear, and give way. */
class DeviceFaultsTest {
  private static final FaultOpened LEAKING = new FaultOpened("leaking", Severity.LOW, "");
  private static final FaultOpened NOISY = new FaultOpened("noisy", Severity.LOW, "");

  @Test
  void opensByAnErrorOfTheDevice() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .when(error("overheated"))
            .then(OVERHEATED)
            .thenStatus(Status.FAULTED);

    assertThat(device.state().faults())
        .containsExactly(new Fault("overheated", Severity.HIGH, "81 °C", NINE.logTime()));
    assertThat(device.state().cause()).isEqualTo(Cause.FAULT);
  }

  @Test
  void opensByCommandOnADeviceThatNeverSpoke() {
    device()
        .given(REGISTERED)
        .when(new ReportFault("overheated", Severity.HIGH, "81 °C"))
        .then(OVERHEATED)
        .thenStatus(Status.FAULTED);
  }

  @Test
  void isToldOnceWhileItStaysTheSame() {
    device().given(REGISTERED, CAME_ONLINE, OVERHEATED).when(error("overheated")).thenNothing();
  }

  @Test
  void changesItsSeverityAndKeepsItsBeginning() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE, OVERHEATED, LEAKING)
            .after(Duration.ofMinutes(1))
            .when(error("overheated", Severity.CRITICAL, "81 °C"))
            .then(new FaultOpened("overheated", Severity.CRITICAL, "81 °C"));

    assertThat(device.state().faults())
        .containsExactly(
            new Fault("overheated", Severity.CRITICAL, "81 °C", NINE.logTime()),
            new Fault("leaking", Severity.LOW, "", NINE.logTime()));
  }

  @Test
  void changesItsMessage() {
    device()
        .given(REGISTERED, CAME_ONLINE, OVERHEATED)
        .when(new ReportFault("overheated", Severity.HIGH, "95 °C"))
        .then(new FaultOpened("overheated", Severity.HIGH, "95 °C"));
  }

  @Test
  void clearsByCommand() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE, OVERHEATED)
            .when(new ClearFault("overheated"))
            .then(new FaultCleared("overheated", Why.COMMAND))
            .thenStatus(Status.ONLINE);

    assertThat(device.state().cause()).isEqualTo(Cause.FAULT);
  }

  @Test
  void refusesToClearWhatIsNotOpenAndNamesIt() {
    DeviceSpecification device =
        device().given(REGISTERED, CAME_ONLINE, OVERHEATED).when(new ClearFault("leaking"));

    device.thenRefused("fault_not_open");
    assertThat(device.reasons().get(0).path()).isEqualTo("data.code");
    assertThat(device.reasons().get(0).message()).contains("leaking");
  }

  @Test
  void clearsTheOneThatHasRecovered() {
    device()
        .given(REGISTERED, CAME_ONLINE, OVERHEATED, LEAKING)
        .when(recovered("leaking"))
        .then(new FaultCleared("leaking", Why.RECOVERED))
        .thenStatus(Status.FAULTED);
  }

  @Test
  void clearsAllWhereNoCodeIsNamed() {
    device()
        .given(REGISTERED, CAME_ONLINE, OVERHEATED, LEAKING)
        .when(recovered(""))
        .then(
            new FaultCleared("overheated", Why.RECOVERED),
            new FaultCleared("leaking", Why.RECOVERED))
        .thenStatus(Status.ONLINE);
  }

  @Test
  void saysNothingOfARecoveryFromNothing() {
    device().given(REGISTERED, CAME_ONLINE).when(recovered("leaking")).thenNothing();
  }

  @Test
  void givesTheOldestUpForANewOneWhenThereIsNoRoom() {
    DeviceRules roomForTwo = new Devices.RulesDraft().faultsMax(2).rules();

    DeviceSpecification device =
        device(roomForTwo)
            .given(REGISTERED, CAME_ONLINE, OVERHEATED, LEAKING)
            .when(error("noisy", Severity.LOW, ""))
            .then(new FaultCleared("overheated", Why.OVERFLOW), NOISY);

    assertThat(device.state().faults()).extracting(Fault::code).containsExactly("leaking", "noisy");
  }

  @Test
  void changesAnOpenOneWithoutRoomForAnother() {
    DeviceRules roomForOne = new Devices.RulesDraft().faultsMax(1).rules();

    device(roomForOne)
        .given(REGISTERED, CAME_ONLINE, OVERHEATED)
        .when(error("overheated", Severity.LOW, "60 °C"))
        .then(new FaultOpened("overheated", Severity.LOW, "60 °C"));
  }
}
