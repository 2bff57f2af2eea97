// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.Severity;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceCommand.Content;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.Registration;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceInputsTest {
  private static final long OCCURRED = 1_767_225_600_000L;

  private static Event event(String type, Encoding encoding, byte[] payload) {
    return new Event(
        "e-1",
        type,
        new EventSource("gw-1", "d-1", "0"),
        Instant.ofEpochMilli(OCCURRED),
        new EventData(ByteBuffer.wrap(payload), "1", encoding),
        new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null));
  }

  private static Event event(String type, String json) {
    return event(type, Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Content told(String type, String json) {
    return DeviceInputs.report(event(type, json), OCCURRED).content();
  }

  private static Content toldUnread(String type, Encoding encoding) {
    byte[] payload = "{\"status\":\"offline\"}".getBytes(StandardCharsets.UTF_8);
    return DeviceInputs.report(event(type, encoding, payload), OCCURRED).content();
  }

  private static Values values(String name, Scalar scalar) {
    return Values.of(Map.of(name, scalar));
  }

  @Test
  void takesWhoWhenAndWhereFromTheEnvelope() {
    Event event = event("device.heartbeat", "{}");
    event.getMetadata().setSessionId("s-1");
    event.getMetadata().setSequence(7L);

    assertThat(DeviceInputs.report(event, 42))
        .isEqualTo(new Report("device.heartbeat", "s-1", 7, 42, new DeviceCommand.Heartbeat()));
  }

  @Test
  void knowsNoSessionAndNoSequenceWhereNoneIsSaid() {
    Report report = DeviceInputs.report(event("device.online", "{}"), OCCURRED);

    assertThat(report.sessionId()).isEmpty();
    assertThat(report.sequence()).isEqualTo(DeviceCommand.NO_SEQUENCE);
  }

  @Test
  void readsEachTypeOfTheDevice() {
    assertThat(told("device.online", "{}")).isEqualTo(new DeviceCommand.Online());
    assertThat(told("device.heartbeat", "{}")).isEqualTo(new DeviceCommand.Heartbeat());
    assertThat(told("data.collected", "{\"data\":{}}")).isEqualTo(new DeviceCommand.Data());
    assertThat(told("data.processed", "{}")).isEqualTo(new DeviceCommand.Aside());
    assertThat(told("device.offline", "{\"reason\":\"lwt\"}"))
        .isEqualTo(new DeviceCommand.Offline("lwt"));
    assertThat(told("device.offline", "{}")).isEqualTo(new DeviceCommand.Offline(""));
    assertThat(told("device.recovered", "{\"code\":\"hot\"}"))
        .isEqualTo(new DeviceCommand.Recovered("hot"));
    assertThat(told("device.recovered", "{}")).isEqualTo(new DeviceCommand.Recovered(""));
    assertThat(told("device.configuration_reported", "{\"configuration\":{\"rate\":5}}"))
        .isEqualTo(new DeviceCommand.ConfigurationTold(values("rate", new Scalar.Whole(5))));
    assertThat(told("device.decommissioned", "{\"reason\":\"sold\"}"))
        .isEqualTo(new DeviceCommand.Withdrawn("sold"));
  }

  @Test
  void readsARegistrationWithAllAndWithNothingOptional() {
    assertThat(
            told(
                "device.registered",
                "{\"model\":\"TH-1\",\"firmware\":\"2\",\"attributes\":{\"site\":\"north\"},"
                    + "\"heartbeat_interval_ms\":60.0,\"timeout_ms\":1000}"))
        .isEqualTo(
            new DeviceCommand.Provisioned(
                new Registration("TH-1", "2", values("site", new Scalar.Text("north")), 60, 1000)));
    assertThat(told("device.registered", "{\"model\":\"TH-1\"}"))
        .isEqualTo(new DeviceCommand.Provisioned(new Registration("TH-1", "", Values.NONE, 0, 0)));
  }

  @Test
  void takesAStatusChangeForTheTypeThatItNames() {
    assertThat(told("device.status_changed", "{\"status\":\"online\"}"))
        .isEqualTo(new DeviceCommand.Online());
    assertThat(told("device.status_changed", "{\"status\":\"offline\"}"))
        .isEqualTo(new DeviceCommand.Offline(""));
  }

  @Test
  void takesATypeOfTheUsersForASignOfLife() {
    assertThat(told("factory.cycle", "[1]")).isEqualTo(new DeviceCommand.Heartbeat());
  }

  @Test
  void readsAnErrorAsItIsTold() {
    assertThat(
            told(
                "device.error",
                "{\"error\":{\"code\":\"hot\",\"severity\":\"critical\",\"message\":\"m\"}}"))
        .isEqualTo(new DeviceCommand.Errored("hot", Severity.CRITICAL, "m"));
  }

  @ParameterizedTest
  @CsvSource({"LOW, LOW", "NORMAL, MEDIUM", "HIGH, HIGH", "CRITICAL, CRITICAL"})
  void takesSeverityFromThePriorityAndTheCodeFromTheType(Priority priority, Severity severity) {
    Event event = event("device.error", "{\"error\":{\"message\":\"m\"}}");
    event.getMetadata().setPriority(priority);

    assertThat(DeviceInputs.report(event, OCCURRED).content())
        .isEqualTo(new DeviceCommand.Errored("device.error", severity, "m"));
  }

  @Test
  void readsCborAsJson() throws IOException {
    byte[] cbor =
        new JsonMapper(new CBORFactory())
            .writeValueAsBytes(Map.of("error", Map.of("code", "hot", "message", "m")));

    assertThat(DeviceInputs.report(event("device.error", Encoding.CBOR, cbor), OCCURRED).content())
        .isEqualTo(new DeviceCommand.Errored("hot", Severity.MEDIUM, "m"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoding.class,
      names = {"TEXT", "BINARY"})
  void makesNothingUpForAPayloadThatWasPassedUnread(Encoding encoding) {
    // What would change the device by its payload alone changes nothing.
    assertThat(toldUnread("device.registered", encoding)).isEqualTo(new DeviceCommand.Aside());
    assertThat(toldUnread("device.status_changed", encoding))
        .isEqualTo(new DeviceCommand.Heartbeat());
    assertThat(toldUnread("device.configuration_reported", encoding))
        .isEqualTo(new DeviceCommand.Heartbeat());
    // What says enough by its type is believed.
    assertThat(toldUnread("device.offline", encoding)).isEqualTo(new DeviceCommand.Offline(""));
    assertThat(toldUnread("device.recovered", encoding)).isEqualTo(new DeviceCommand.Recovered(""));
    assertThat(toldUnread("device.decommissioned", encoding))
        .isEqualTo(new DeviceCommand.Withdrawn(""));
    assertThat(toldUnread("device.error", encoding))
        .isEqualTo(new DeviceCommand.Errored("device.error", Severity.MEDIUM, ""));
    assertThat(toldUnread("data.collected", encoding)).isEqualTo(new DeviceCommand.Data());
  }

  private static Command command(String name, String data) {
    Command command = new Command();
    command.setId("c-1");
    command.setCommand(name);
    command.setAggregateId("d-1");
    command.setData(data);
    return command;
  }

  @Test
  void readsEachCommand() {
    assertThat(DeviceInputs.request(command("RegisterDevice", "{\"model\":\"TH-1\"}")))
        .contains(
            new DeviceCommand.RegisterDevice(new Registration("TH-1", "", Values.NONE, 0, 0)));
    assertThat(
            DeviceInputs.request(
                command("ConfigureDevice", "{\"configuration\":{\"a\":null,\"b\":1}}")))
        .contains(
            new DeviceCommand.ConfigureDevice(
                new Patch(values("b", new Scalar.Whole(1)), new TreeSet<>(List.of("a")))));
    assertThat(DeviceInputs.request(command("SetAttributes", "{\"attributes\":{\"f\":true}}")))
        .contains(
            new DeviceCommand.SetAttributes(Patch.setting(values("f", new Scalar.Flag(true)))));
    assertThat(
            DeviceInputs.request(
                command("ReportFault", "{\"code\":\"c\",\"severity\":\"low\",\"message\":\"m\"}")))
        .contains(new DeviceCommand.ReportFault("c", Severity.LOW, "m"));
    assertThat(DeviceInputs.request(command("ClearFault", "{\"code\":\"c\"}")))
        .contains(new DeviceCommand.ClearFault("c"));
    assertThat(DeviceInputs.request(command("DecommissionDevice", "{}")))
        .contains(new DeviceCommand.DecommissionDevice(""));
  }

  @Test
  void hasACommandForEachRequestOfTheDomain() {
    assertThat(DeviceCommand.Request.class.getPermittedSubclasses()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AcknowledgeAlert", "", "registerdevice"})
  void knowsNoOtherCommand(String name) {
    assertThat(DeviceInputs.request(command(name, "{}"))).isEmpty();
  }

  @Test
  void refusesArgumentsThatNoRouterLetsPass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceInputs.request(command("ClearFault", "{")));
  }
}
