// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.DeviceSpecification.device;
import static io.twinlog.domain.device.Devices.NINE;
import static io.twinlog.domain.device.Devices.THERMOMETER_REGISTRATION;
import static io.twinlog.domain.device.Devices.configurationTold;
import static io.twinlog.domain.device.Devices.data;
import static io.twinlog.domain.device.Devices.error;
import static io.twinlog.domain.device.Devices.heartbeat;
import static io.twinlog.domain.device.Devices.offline;
import static io.twinlog.domain.device.Devices.online;
import static io.twinlog.domain.device.Devices.provisioned;
import static io.twinlog.domain.device.Devices.set;
import static io.twinlog.domain.device.Devices.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceCommand.ConfigureDevice;
import io.twinlog.domain.device.DeviceCommand.DecommissionDevice;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.Devices.Saying;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new command, report or event fails here until it has a rule and a test. */
class DeviceCompletenessTest {

  @Test
  void knowsRequestsAndReportsAndNothingElse() {
    assertThat(DeviceCommand.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(DeviceCommand.Request.class, DeviceCommand.Report.class);
  }

  @Test
  void putsEveryRequestIntoTheDecisionTable() {
    assertThat(DeviceDecisionTableTest.REQUESTS)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(DeviceCommand.Request.class.getPermittedSubclasses());
  }

  @Test
  void putsEveryReportIntoTheDecisionTable() {
    assertThat(DeviceDecisionTableTest.REPORTS)
        .extracting(Saying::content)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrder(DeviceCommand.Content.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void hasARuleForEveryCommandInEverySituation(Situation situation) {
    for (DeviceCommand request : DeviceDecisionTableTest.REQUESTS) {
      assertThatCode(() -> situation.arrange(DeviceRules.DEFAULT).when(request))
          .as("%s", request)
          .doesNotThrowAnyException();
    }
    for (Saying report : DeviceDecisionTableTest.REPORTS) {
      assertThatCode(() -> situation.arrange(DeviceRules.DEFAULT).when(report))
          .as("%s", report)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void producesEveryEventInOneLife() {
    DeviceRules roomForOneFault = new Devices.RulesDraft().autoRegister(true).faultsMax(1).rules();
    DeviceSpecification life =
        device(roomForOneFault)
            .when(heartbeat().in("s-1"))
            .when(provisioned(THERMOMETER_REGISTRATION))
            .when(online().in("s-2"))
            .when(offline().in("s-1"))
            .when(data().in("s-2").sequence(1))
            .when(data().in("s-2").sequence(3))
            .when(error("overheated"))
            .when(error("leaking"))
            .when(new ConfigureDevice(set("interval", "60")))
            .when(configurationTold(values("interval", "60")))
            .when(new SetAttributes(set("room", "12")))
            .times(5, new ClearFault("leaking"), new ReportFault("leaking", Severity.LOW, ""))
            .whenClockReaches(NINE.atClock(NINE.clock() + Duration.ofDays(1).toMillis()))
            .when(new DecommissionDevice("sold"))
            .whenClockReaches(NINE.atClock(NINE.clock() + Duration.ofDays(32).toMillis()));

    assertThat(life.shell().log)
        .extracting(Recorded::event)
        .<Class<?>>extracting(Object::getClass)
        .contains(DeviceEvent.class.getPermittedSubclasses());
  }
}
