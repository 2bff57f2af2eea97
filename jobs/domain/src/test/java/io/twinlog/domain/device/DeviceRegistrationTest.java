// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.THERMOMETER_REGISTRATION;
import static io.twinlog.domain.device.Devices.configurationTold;
import static io.twinlog.domain.device.Devices.manyValues;
import static io.twinlog.domain.device.Devices.provisioned;
import static io.twinlog.domain.device.Devices.registration;
import static io.twinlog.domain.device.Devices.remove;
import static io.twinlog.domain.device.Devices.set;
import static io.twinlog.domain.device.Devices.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Patch;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceCommand.ConfigureDevice;
import io.twinlog.domain.device.DeviceCommand.RegisterDevice;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.DeviceEvent.AttributesSet;
import io.twinlog.domain.device.DeviceEvent.ConfigurationDesired;
import io.twinlog.domain.device.DeviceEvent.ConfigurationReported;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceUpdated;
import org.junit.jupiter.api.Test;

/**
 * What is said about a device: its registration, attributes, desired and reported configuration.
 */
class DeviceRegistrationTest {
  private static final DeviceEvent ROOM_12 = new AttributesSet(set("room", "12"));

  @Test
  void registersByCommand() {
    DeviceSpecification device =
        device().when(new RegisterDevice(THERMOMETER_REGISTRATION)).then(REGISTERED);

    assertThat(device.state().attributes()).isEqualTo(values("site", "north"));
    assertThat(device.state().version()).isEqualTo(1);
    device.thenStatus(Status.REGISTERED);
  }

  @Test
  void refusesToRegisterTwice() {
    device()
        .given(REGISTERED)
        .when(new RegisterDevice(THERMOMETER_REGISTRATION))
        .thenRefused("already_registered");
  }

  @Test
  void registersByAProvisioningService() {
    device().when(provisioned(THERMOMETER_REGISTRATION)).then(REGISTERED);
  }

  @Test
  void saysNothingOfASecondRegistrationOfTheSameContent() {
    device().given(REGISTERED, ROOM_12).when(provisioned(THERMOMETER_REGISTRATION)).thenNothing();
  }

  @Test
  void keepsWhatWasSetWhenItIsRegisteredWithAnotherContent() {
    Registration other = registration("TH-8", values("site", "south", "floor", "3"));

    DeviceSpecification device =
        device().given(REGISTERED, ROOM_12).when(provisioned(other)).then(new DeviceUpdated(other));

    assertThat(device.state().registration()).isEqualTo(other);
    assertThat(device.state().attributes())
        .isEqualTo(values("floor", "3", "room", "12", "site", "south"));
  }

  @Test
  void keepsWhatWasSetOverAnAttributeThatTheRegistrationDoesNotMove() {
    Registration otherModel = registration("TH-8", values("site", "north"));

    DeviceSpecification device =
        device()
            .given(REGISTERED, new AttributesSet(set("site", "east")))
            .when(provisioned(otherModel));

    assertThat(device.state().attributes()).isEqualTo(values("site", "east"));
  }

  @Test
  void dropsAnAttributeThatTheRegistrationNoLongerHolds() {
    DeviceSpecification device =
        device().given(REGISTERED, ROOM_12).when(provisioned(registration("TH-7", Values.NONE)));

    assertThat(device.state().attributes()).isEqualTo(values("room", "12"));
  }

  @Test
  void learnsItsModelAfterItRegisteredItself() {
    device(Devices.autoRegistering())
        .given(new DeviceRegistered(Registration.NONE, true), CAME_ONLINE)
        .when(provisioned(THERMOMETER_REGISTRATION))
        .then(new DeviceUpdated(THERMOMETER_REGISTRATION));
  }

  @Test
  void setsAndRemovesAttributes() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, ROOM_12)
            .when(new SetAttributes(remove("site")))
            .then(new AttributesSet(remove("site")));

    assertThat(device.state().attributes()).isEqualTo(values("room", "12"));
  }

  @Test
  void saysNothingOfAttributesThatAreSetSo() {
    device()
        .given(REGISTERED, ROOM_12)
        .when(new SetAttributes(set("room", "12")))
        .thenNothing()
        .when(new SetAttributes(remove("roof")))
        .thenNothing();
  }

  @Test
  void holdsSixtyFourAttributesAndNotOneMore() {
    DeviceSpecification device = device().given(REGISTERED);

    device.when(new SetAttributes(Patch.setting(manyValues("a", 63))));
    assertThat(device.state().attributes().size()).isEqualTo(64);

    device.when(new SetAttributes(set("b", ""))).thenRefused("invalid_command");
    assertThat(device.reasons().get(0).path()).isEqualTo("data.attributes");
    assertThat(device.reasons().get(0).message()).contains("65").contains("64");
  }

  @Test
  void letsAttributesBeTakenAwayOneByOneWhereARegistrationBroughtTooMany() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, new AttributesSet(Patch.setting(manyValues("a", 63))))
            .when(provisioned(registration("TH-7", manyValues("b", 64))));
    assertThat(device.state().attributes().size()).isEqualTo(127);

    device.when(new SetAttributes(remove("a0"))).then(new AttributesSet(remove("a0")));
    device.when(new SetAttributes(set("a0", ""))).thenRefused("invalid_command");
  }

  @Test
  void neverHoldsMoreThanWhatOneRegistrationAndCommandsBring() {
    DeviceSpecification device = device().given(REGISTERED);

    for (String life : new String[] {"a", "b", "c", "d", "e"}) {
      device.when(provisioned(registration("TH-7", manyValues(life, 64))));
      for (int i = 0; i < 64; i++) {
        // Its names are swapped for others as far as that is allowed.
        device.when(new SetAttributes(remove(life + i)));
        device.when(new SetAttributes(set("own-" + life + i, "")));
      }
    }

    assertThat(device.state().attributes().size()).isLessThanOrEqualTo(128);
  }

  @Test
  void desiresAConfigurationWithItsOwnVersion() {
    DeviceSpecification device =
        device()
            .given(REGISTERED)
            .when(new ConfigureDevice(set("interval", "60")))
            .then(new ConfigurationDesired(1, set("interval", "60")))
            .when(new ConfigureDevice(set("unit", "K")))
            .then(new ConfigurationDesired(2, set("unit", "K")));

    assertThat(device.state().configuration().desired())
        .isEqualTo(values("interval", "60", "unit", "K"));
  }

  @Test
  void saysNothingOfADesireThatIsThere() {
    device()
        .given(REGISTERED, new ConfigurationDesired(1, set("interval", "60")))
        .when(new ConfigureDevice(set("interval", "60")))
        .thenNothing();
  }

  @Test
  void holdsSixtyFourNamesOfAConfigurationAndNotOneMore() {
    device()
        .given(REGISTERED)
        .when(new ConfigureDevice(Patch.setting(manyValues("c", 64))))
        .when(new ConfigureDevice(set("d", "")))
        .thenRefused("invalid_command");
  }

  @Test
  void showsWhatIsDesiredAndNotReportedSo() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .given(new ConfigurationDesired(1, set("interval", "60", "unit", "K")));
    assertThat(device.state().configuration().delta())
        .isEqualTo(values("interval", "60", "unit", "K"));

    Values told = values("interval", "60", "unit", "C", "led", "on");
    device.when(configurationTold(told)).then(new ConfigurationReported(told));

    assertThat(device.state().configuration().delta()).isEqualTo(values("unit", "K"));
    assertThat(device.state().configuration().version()).isEqualTo(1);
  }

  @Test
  void replacesTheWholeOfWhatWasReported() {
    DeviceSpecification device =
        device()
            .given(REGISTERED, CAME_ONLINE)
            .when(configurationTold(values("led", "on")))
            .when(configurationTold(values("unit", "K")));

    assertThat(device.state().configuration().reported()).isEqualTo(values("unit", "K"));
  }

  @Test
  void saysNothingOfAReportThatIsThere() {
    device()
        .given(REGISTERED, CAME_ONLINE, new ConfigurationReported(values("unit", "K")))
        .when(configurationTold(values("unit", "K")))
        .thenNothing();
  }
}
