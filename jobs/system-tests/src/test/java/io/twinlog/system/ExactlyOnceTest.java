// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.DeviceLog;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code delivery: exactly-once} a reader of committed records that knows neither origins nor
 * versions sees each output once, though the run was killed.
 */
class ExactlyOnceTest {
  @TempDir Path directory;

  @Test
  void showsEachOutputOnceToAReaderOfCommittedRecords() throws Exception {
    Path data = directory.resolve("data");
    int port = LocalProcess.freePort();
    try (LocalProcess first = start(data, port);
        FaultLoad load = new FaultLoad(first.bootstrap())) {
      awaitMore(load, 2_000);
      awaitCommitted(first.bootstrap(), 500);
      awaitOpen(first.bootstrap());
      first.kill();
      try (LocalProcess second = start(data, port)) {
        awaitMore(load, 500);
        Set<String> acknowledged = load.finish();
        Awaitility.await("what was acknowledged is in device.log")
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> caused(second.bootstrap()).keySet().containsAll(acknowledged));
        check(second.bootstrap(), acknowledged);
      }
    }
  }

  private static LocalProcess start(Path data, int port) throws Exception {
    return LocalProcess.start(
        data,
        port,
        "--jobs",
        "router,device",
        "--set",
        "delivery=exactly-once",
        "--set",
        "execution.checkpointing.interval=1 s",
        "--set",
        "execution.checkpointing.timeout=1 min");
  }

  private static void awaitMore(FaultLoad load, int events) {
    int before = load.written();
    Awaitility.await("the load goes on")
        .atMost(Duration.ofSeconds(90))
        .until(() -> load.written() >= before + events);
  }

  private static void awaitCommitted(String bootstrap, int events) {
    Awaitility.await("committed events in device.log")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> TopicContents.readCommitted(bootstrap, Topic.DEVICE_LOG).size() >= events);
  }

  private static void awaitOpen(String bootstrap) {
    Awaitility.await("events in a transaction that is not committed")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              int committed = TopicContents.readCommitted(bootstrap, Topic.EVENTS_DOMAIN).size();
              return TopicContents.read(bootstrap, Topic.EVENTS_DOMAIN).size() > committed + 100;
            });
  }

  private static void check(String bootstrap, Set<String> acknowledged) {
    List<String> written =
        TopicContents.read(bootstrap, Topic.EVENTS_DOMAIN).stream()
            .map(ExactlyOnceTest::place)
            .toList();
    assertThat(Set.copyOf(written))
        .as("a crash takes something back, which is written again, else this test shows nothing")
        .hasSizeLessThan(written.size());
    for (Topic topic : List.of(Topic.EVENTS_DOMAIN, Topic.DEVICE_LOG, Topic.DEVICE_STATUS)) {
      assertThat(TopicContents.readCommitted(bootstrap, topic).stream().map(ExactlyOnceTest::place))
          .as(topic.text())
          .isNotEmpty()
          .doesNotHaveDuplicates();
    }
    Map<String, Integer> caused = caused(bootstrap);
    Set<String> lost = new HashSet<>(acknowledged);
    lost.removeAll(caused.keySet());
    assertThat(lost).as("acknowledged, and not in device.log").isEmpty();
    assertThat(caused.values()).as("how often each event is in device.log").containsOnly(1);
  }

  /** How many events of device.log each event of the load has caused, beside what it always may. */
  private static Map<String, Integer> caused(String bootstrap) {
    Map<String, Integer> caused = new HashMap<>();
    SingleObject singleObject = new SingleObject();
    for (ConsumerRecord<byte[], byte[]> record :
        TopicContents.readCommitted(bootstrap, Topic.DEVICE_LOG)) {
      DeviceLog event = singleObject.decode(record.value(), DeviceLog.class);
      if (!event.getEvent().startsWith("Flapping")
          && !event.getEvent().equals("DeviceCameOnline")) {
        caused.merge(event.getCausationId(), 1, Integer::sum);
      }
    }
    return caused;
  }

  /** A tick has one origin in every partition of an inbox. */
  private static String place(ConsumerRecord<byte[], byte[]> record) {
    String type = text(record, "tl-type");
    String origin = text(record, "tl-origin");
    return type.equals("tick") ? origin + " " + record.partition() : origin;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }
}
