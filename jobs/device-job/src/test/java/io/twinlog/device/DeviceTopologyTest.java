// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole topology on a cluster, over an inbox with repeats and doubles. */
class DeviceTopologyTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final int DEVICES = 20;
  private static final int LIMIT = 10_000;

  @Test
  void writesTheSameForEachDeviceWhateverTheParallelism() throws Exception {
    List<SourceRecord> inbox = lifeOfAFleet();

    Map<String, List<String>> alone = perKey(run(inbox, 1));
    Map<String, List<String>> together = perKey(run(inbox, 4));

    assertThat(together).isEqualTo(alone);
    assertThat(alone).hasSizeGreaterThan(DEVICES);
  }

  @Test
  void appliesEachEventOnceAndFiresNothingAtTheEnd() throws Exception {
    List<OutputRecord> outputs = run(lifeOfAFleet(), 2);

    Map<String, List<String>> events = new TreeMap<>();
    SingleObject singleObject = new SingleObject();
    for (OutputRecord output : of(Topic.DEVICE_LOG, outputs)) {
      DeviceLog log = singleObject.decode(output.value(), DeviceLog.class);
      List<String> known = events.computeIfAbsent(log.getDeviceId(), d -> new ArrayList<>());
      known.add(log.getEvent());
      assertThat(log.getVersion()).isEqualTo(known.size());
    }
    assertThat(events).hasSize(DEVICES);
    assertThat(events.values())
        .containsOnly(
            List.of(
                "DeviceRegistered",
                "DeviceCameOnline",
                "FaultOpened",
                "DeviceWentOffline",
                "DeviceCameOnline"));
  }

  /**
   * When silence and calm end at the same clock, going offline is itself a transition that moves
   * the calm.
   */
  @Test
  void goesOnWhereTwoDeadlinesFallTogether() throws Exception {
    int[] gaps = {2, 2, 481, 2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 361, 2, 2};
    TestingInbox inbox =
        new TestingInbox().event("d", "r", "device.registered", "{\"model\":\"M\"}");
    for (int i = 0; i < gaps.length; i++) {
      String type = i % 2 == 0 ? "device.online" : "device.offline";
      inbox.afterMillis(gaps[i] * 1_000L).event("d", "e-" + i, type, "{}");
    }
    inbox.afterMillis(601_000).event("d", "back", "device.heartbeat", "{}");

    List<OutputRecord> log = of(Topic.DEVICE_LOG, run(inbox.records(), 1));

    SingleObject singleObject = new SingleObject();
    assertThat(log)
        .map(output -> singleObject.decode(output.value(), DeviceLog.class).getEvent())
        .endsWith("DeviceWentOffline", "FlappingStopped", "DeviceCameOnline");
  }

  /** Another service's partition is no home: the device's silence is judged by its own. */
  @Test
  void findsTheSilenceOfADeviceThatOthersWriteAbout() throws Exception {
    TestingInbox inbox =
        new TestingInbox()
            .event("d", "r", "device.registered", "{\"model\":\"M\"}")
            .event("d", "on", "device.online", "{}")
            .eventFrom(1, "d", "done", "data.processed", "{\"data_id\":\"d/1\",\"result\":{}}")
            .afterMillis(700_000)
            .event("d", "back", "device.heartbeat", "{}");

    List<OutputRecord> log = of(Topic.DEVICE_LOG, run(inbox.records(), 1));

    SingleObject singleObject = new SingleObject();
    assertThat(log)
        .map(output -> singleObject.decode(output.value(), DeviceLog.class).getEvent())
        .containsExactly(
            "DeviceRegistered", "DeviceCameOnline", "DeviceWentOffline", "DeviceCameOnline");
  }

  @Test
  void deadLettersTheEventsOfAStranger() throws Exception {
    TestingInbox inbox = new TestingInbox().event("ghost", "g-1", "device.heartbeat", "{}");

    List<OutputRecord> outputs = run(inbox.records(), 1);

    assertThat(outputs).hasSize(1);
    assertThat(outputs.get(0).topic()).isEqualTo(Topic.DEAD_LETTERS.in("twinlog."));
    assertThat(outputs.get(0).value()).isEqualTo(inbox.records().get(0).value());
    assertThat(header(outputs.get(0), "dlq.reason")).isEqualTo("unknown_device");
  }

  /**
   * Registered, online, a doubled fault, silent for longer than the timeout, back; the router
   * repeats now and then.
   */
  private static List<SourceRecord> lifeOfAFleet() {
    TestingInbox inbox = new TestingInbox();
    for (int i = 0; i < DEVICES; i++) {
      inbox.event("d-" + i, "r-" + i, "device.registered", "{\"model\":\"P100\"}");
    }
    inbox.repeatLast(7).afterMillis(1_000);
    for (int i = 0; i < DEVICES; i++) {
      inbox.event("d-" + i, "o-" + i, "device.online", "{}");
    }
    for (int i = 0; i < DEVICES; i++) {
      String fault = "{\"error\":{\"code\":\"E1\",\"severity\":\"high\",\"message\":\"hot\"}}";
      inbox
          .event("d-" + i, "f-" + i, "device.error", fault)
          .event("d-" + i, "f-" + i, "device.error", fault);
    }
    inbox.repeatLast(30).afterMillis(700_000);
    for (int i = 0; i < DEVICES; i++) {
      inbox.event("d-" + i, "h-" + i, "device.heartbeat", "{}");
    }
    return inbox.repeatLast(20).records();
  }

  private static List<OutputRecord> run(List<SourceRecord> inbox, int parallelism)
      throws Exception {
    Configuration settings = new Configuration();
    StreamExecutionEnvironment environment = JobEnvironment.create(settings);
    environment.setParallelism(parallelism);
    DataStream<SourceRecord> source =
        environment
            .fromData(inbox, SourceRecord.TYPE)
            .uid("inbox")
            .keyBy(SourceRecord::partition, Types.INT);
    DataStream<OutputRecord> outputs =
        DeviceTopology.of(source, DeviceJobSettings.of(settings), TestingInbox.topics()).devices();
    return outputs.executeAndCollect(LIMIT);
  }

  private static List<OutputRecord> of(Topic topic, List<OutputRecord> outputs) {
    return outputs.stream().filter(output -> output.topic().equals(topic.in("twinlog."))).toList();
  }

  private static Map<String, List<String>> perKey(List<OutputRecord> outputs) {
    Map<String, List<String>> result = new TreeMap<>();
    for (OutputRecord output : outputs) {
      String key = output.topic() + " " + new String(output.key(), StandardCharsets.UTF_8);
      result
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(
              Base64.getEncoder().encodeToString(output.value())
                  + " "
                  + header(output, "tl-origin"));
    }
    return result;
  }

  private static String header(OutputRecord output, String name) {
    return output.headers().stream()
        .filter(header -> header.key().equals(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
