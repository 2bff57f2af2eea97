// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.schemas.Event;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the inbox of alerts is told of a device. */
class DeviceAlarmsTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final String REGISTERED =
      "{\"model\":\"M\",\"attributes\":{\"site\":\"north\",\"floor\":3}}";
  private static final String HOT =
      "{\"error\":{\"code\":\"hot\",\"severity\":\"high\",\"message\":\"81 °C\"}}";

  private final SingleObject singleObject = new SingleObject();

  private static TestingInbox device() {
    return new TestingInbox()
        .event("d", "r", "device.registered", REGISTERED)
        .event("d", "on", "device.online", "{}");
  }

  private static List<OutputRecord> run(TestingInbox inbox) throws Exception {
    Configuration settings = new Configuration();
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    environment.setParallelism(1);
    return DeviceTopology.of(
            environment
                .fromData(inbox.records(), SourceRecord.TYPE)
                .uid("inbox")
                .keyBy(SourceRecord::partition, Types.INT),
            DeviceJobSettings.of(settings),
            TestingInbox.topics())
        .devices()
        .executeAndCollect(1_000)
        .stream()
        .filter(output -> output.topic().equals(Topic.EVENTS_ERROR.in("twinlog.")))
        .toList();
  }

  private String line(OutputRecord output) {
    Event event = singleObject.decode(output.value(), Event.class);
    assertThat(event.getSource().getServiceId()).isEqualTo("twinlog");
    return event.getEventType() + " " + new String(event.getData().getPayload().array(), UTF_8);
  }

  private List<String> lines(TestingInbox inbox) throws Exception {
    return run(inbox).stream().map(this::line).toList();
  }

  private static String of(String code) {
    return "{\"device_id\":\"d\",\"code\":\"" + code + "\"";
  }

  private static final String LABELS = ",\"labels\":{\"model\":\"M\",\"site\":\"north\"}}";

  private static String hot() {
    return "device.error "
        + of("hot")
        + ",\"error\":{\"code\":\"hot\",\"severity\":\"high\",\"message\":\"81 °C\"}"
        + LABELS;
  }

  @Test
  void tellsOfEveryReportOfAFaultAndOnceOfItsEnd() throws Exception {
    TestingInbox inbox =
        device()
            .event("d", "f-1", "device.error", HOT)
            .event("d", "f-1", "device.error", HOT)
            .event("d", "f-2", "device.error", HOT)
            .event("d", "f-3", "device.recovered", "{\"code\":\"hot\"}")
            .event("d", "f-4", "device.recovered", "{}");

    assertThat(lines(inbox))
        .containsExactly(hot(), hot(), "device.recovered " + of("hot") + LABELS);
  }

  @Test
  void tellsOfTheEndOfAFaultThatGaveWayToOthers() throws Exception {
    TestingInbox inbox = device().event("d", "f-1", "device.error", HOT);
    for (int i = 1; i <= 64; i++) {
      inbox.event("d", "g-" + i, "device.error", HOT.replace("hot", "other-" + i));
    }
    inbox.event("d", "f-2", "device.recovered", "{\"code\":\"hot\"}");

    assertThat(lines(inbox)).hasSize(66).last().isEqualTo("device.recovered " + of("hot") + LABELS);
  }

  @Test
  void tellsOfWhatACommandReports() throws Exception {
    TestingInbox inbox =
        device()
            .command(
                "d",
                "c-1",
                "ReportFault",
                "{\"code\":\"hot\",\"severity\":\"high\",\"message\":\"81 °C\"}")
            .command("d", "c-2", "ClearFault", "{\"code\":\"hot\"}")
            .command("d", "c-3", "ClearFault", "{\"code\":\"hot\"}");

    assertThat(lines(inbox)).containsExactly(hot(), "device.recovered " + of("hot") + LABELS);
  }

  @Test
  void tellsOfSilenceAndOfItsEnd() throws Exception {
    TestingInbox inbox = device().afterMillis(700_000).event("d", "h", "device.heartbeat", "{}");

    assertThat(lines(inbox))
        .containsExactly(
            "device.offline " + of("device.offline") + ",\"message\":\"offline: timeout\"" + LABELS,
            "device.online " + of("device.offline") + LABELS);
  }

  @Test
  void endsAllThatIsWrongWithADeviceThatIsTakenOut() throws Exception {
    TestingInbox inbox =
        device()
            .event("d", "f-1", "device.error", HOT)
            .event("d", "off", "device.offline", "{}")
            .command("d", "c-1", "DecommissionDevice", "{}");

    assertThat(lines(inbox))
        .containsExactly(
            hot(),
            "device.offline "
                + of("device.offline")
                + ",\"message\":\"offline: announced\""
                + LABELS,
            "device.online " + of("device.offline") + LABELS,
            "device.recovered " + of("hot") + LABELS);
  }

  @Test
  void keysEachByItsAlertAndNamesItsCause() throws Exception {
    OutputRecord output = run(device().event("d", "f-1", "device.error", HOT)).get(0);

    assertThat(new String(output.key(), UTF_8)).isEqualTo(AlertId.key("d", "hot"));
    Event event = singleObject.decode(output.value(), Event.class);
    assertThat(event.getMetadata().getCausationId()).isEqualTo("f-1");
    assertThat(event.getMetadata().getCorrelationId()).isEqualTo("f-1");
    assertThat(event.getId()).startsWith("d/fault/");
  }
}
