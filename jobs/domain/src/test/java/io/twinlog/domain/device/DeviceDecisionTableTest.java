// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.Devices.THERMOMETER_REGISTRATION;
import static io.twinlog.domain.device.Devices.autoRegistering;
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
import static io.twinlog.domain.device.Devices.values;
import static io.twinlog.domain.device.Devices.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceCommand.ClearFault;
import io.twinlog.domain.device.DeviceCommand.ConfigureDevice;
import io.twinlog.domain.device.DeviceCommand.DecommissionDevice;
import io.twinlog.domain.device.DeviceCommand.RegisterDevice;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceCommand.SetAttributes;
import io.twinlog.domain.device.Devices.Saying;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every command and every report against every situation of a device. What the events hold is the
 * matter of the other tests.
 */
class DeviceDecisionTableTest {
  /** Situation, then the outcome of each command in the order of {@link #REQUESTS}. */
  private static final String REQUEST_TABLE =
      """
      UNKNOWN         | DeviceRegistered   | unknown_device       | unknown_device | unknown_device | unknown_device | unknown_device
      NEW             | already_registered | ConfigurationDesired | AttributesSet  | FaultOpened    | fault_not_open | DeviceDecommissioned
      ONLINE          | already_registered | ConfigurationDesired | AttributesSet  | FaultOpened    | fault_not_open | DeviceDecommissioned
      OFFLINE         | already_registered | ConfigurationDesired | AttributesSet  | FaultOpened    | fault_not_open | DeviceDecommissioned
      SILENT          | already_registered | ConfigurationDesired | AttributesSet  | FaultOpened    | fault_not_open | DeviceDecommissioned
      FAULTED         | already_registered | ConfigurationDesired | AttributesSet  | -              | FaultCleared   | DeviceDecommissioned
      FAULTED_OFFLINE | already_registered | ConfigurationDesired | AttributesSet  | -              | FaultCleared   | DeviceDecommissioned
      DECOMMISSIONED  | decommissioned     | decommissioned       | decommissioned | decommissioned | decommissioned | decommissioned
      FORGOTTEN       | decommissioned     | decommissioned       | decommissioned | decommissioned | decommissioned | decommissioned
      """;

  static final List<DeviceCommand> REQUESTS =
      List.of(
          new RegisterDevice(THERMOMETER_REGISTRATION),
          new ConfigureDevice(set("interval", "60")),
          new SetAttributes(set("room", "12")),
          new ReportFault("overheated", Severity.HIGH, "81 °C"),
          new ClearFault("overheated"),
          new DecommissionDevice("sold"));

  /** Situation, then the outcome of each report in the order of {@link #REPORTS}. */
  private static final String REPORT_TABLE =
      """
      UNKNOWN         | unknown_device   | unknown_device    | unknown_device   | unknown_device   | unknown_device               | unknown_device                | unknown_device                         | DeviceRegistered | unknown_device | unknown_device
      NEW             | DeviceCameOnline | DeviceWentOffline | DeviceCameOnline | DeviceCameOnline | DeviceCameOnline FaultOpened | DeviceCameOnline              | DeviceCameOnline ConfigurationReported | DeviceUpdated    | DeviceDecommissioned | -
      ONLINE          | -                | DeviceWentOffline | -                | -                | FaultOpened                  | -                             | ConfigurationReported                  | DeviceUpdated    | DeviceDecommissioned | -
      OFFLINE         | DeviceCameOnline | -                 | DeviceCameOnline | DeviceCameOnline | DeviceCameOnline FaultOpened | DeviceCameOnline              | DeviceCameOnline ConfigurationReported | DeviceUpdated    | DeviceDecommissioned | -
      SILENT          | DeviceCameOnline | -                 | DeviceCameOnline | DeviceCameOnline | DeviceCameOnline FaultOpened | DeviceCameOnline              | DeviceCameOnline ConfigurationReported | DeviceUpdated    | DeviceDecommissioned | -
      FAULTED         | -                | DeviceWentOffline | -                | -                | -                            | FaultCleared                  | ConfigurationReported                  | DeviceUpdated    | DeviceDecommissioned | -
      FAULTED_OFFLINE | DeviceCameOnline | -                 | DeviceCameOnline | DeviceCameOnline | DeviceCameOnline             | DeviceCameOnline FaultCleared | DeviceCameOnline ConfigurationReported | DeviceUpdated    | DeviceDecommissioned | -
      DECOMMISSIONED  | decommissioned   | decommissioned    | decommissioned   | decommissioned   | decommissioned               | decommissioned                | decommissioned                         | decommissioned   | decommissioned | decommissioned
      FORGOTTEN       | decommissioned   | decommissioned    | decommissioned   | decommissioned   | decommissioned               | decommissioned                | decommissioned                         | decommissioned   | decommissioned | decommissioned
      """;

  static final List<Saying> REPORTS =
      List.of(
          online(),
          offline(),
          heartbeat(),
          data(),
          error("overheated"),
          recovered("overheated"),
          configurationTold(values("interval", "60")),
          provisioned(registration("TH-8", values("site", "south"))),
          withdrawn(),
          processed());

  @ParameterizedTest
  @EnumSource
  void isInTheStatusThatItsNameSays(Situation situation) {
    situation.arrange(DeviceRules.DEFAULT).thenStatus(situation.status);
  }

  @ParameterizedTest
  @EnumSource
  void answersEveryCommandAsTheTableSays(Situation situation) {
    List<String> outcomes =
        REQUESTS.stream()
            .map(request -> situation.arrange(DeviceRules.DEFAULT).when(request).outcome())
            .toList();

    assertThat(outcomes).isEqualTo(table(REQUEST_TABLE).get(situation.name()));
  }

  @ParameterizedTest
  @EnumSource
  void answersEveryReportAsTheTableSays(Situation situation) {
    List<String> outcomes =
        REPORTS.stream()
            .map(report -> situation.arrange(DeviceRules.DEFAULT).when(report).outcome())
            .toList();

    assertThat(outcomes).isEqualTo(table(REPORT_TABLE).get(situation.name()));
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingWhenItRefuses(Situation situation) {
    List<DeviceCommand> commands = new ArrayList<>(REQUESTS);
    REPORTS.forEach(report -> commands.add(report.at(Devices.TEN_PAST_NINE)));
    for (DeviceCommand command : commands) {
      DeviceSpecification device = situation.arrange(DeviceRules.DEFAULT);
      DeviceState state = device.state();
      DeviceVitals vitals = device.vitals();

      device.when(command);

      if (!device.reasons().isEmpty()) {
        assertThat(device.state()).as("%s", command).isEqualTo(state);
        assertThat(device.vitals()).as("%s", command).isEqualTo(vitals);
      }
    }
  }

  @Test
  void registersAnUnknownDeviceByWhateverItSaysWhereThatIsOn() {
    List<String> outcomes =
        REPORTS.stream()
            .map(report -> Situation.UNKNOWN.arrange(autoRegistering()).when(report).outcome())
            .toList();

    assertThat(outcomes)
        .containsExactly(
            "DeviceRegistered DeviceCameOnline",
            "DeviceRegistered DeviceWentOffline",
            "DeviceRegistered DeviceCameOnline",
            "DeviceRegistered DeviceCameOnline",
            "DeviceRegistered DeviceCameOnline FaultOpened",
            "DeviceRegistered DeviceCameOnline",
            "DeviceRegistered DeviceCameOnline ConfigurationReported",
            "DeviceRegistered",
            "DeviceRegistered DeviceDecommissioned",
            "DeviceRegistered");
  }

  private static Map<String, List<String>> table(String text) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      rows.put(cells.get(0), cells.subList(1, cells.size()));
    }
    return rows;
  }
}
