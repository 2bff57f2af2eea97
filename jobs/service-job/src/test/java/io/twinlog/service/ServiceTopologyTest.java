// SPDX-License-Identifier: Apache-2.0
package io.twinlog.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.JobEnvironment;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.ServiceInstance;
import io.twinlog.schemas.ServiceLog;
import io.twinlog.testkit.TestingInbox;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

/** What the aggregates of the job write, on a cluster, over an inbox with repeats. */
class ServiceTopologyTest {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final String STARTED =
      "{\"service_id\":\"%s\",\"service_info\":{\"name\":\"billing\",\"endpoint\":\"http://10.0.0.%d\",\"version\":\"%s\",\"interval_ms\":5000}}";
  private static final int LIMIT = 10_000;

  private final SingleObject singleObject = new SingleObject();

  private static TestingInbox inbox() {
    return new TestingInbox(Topic.EVENTS_SYSTEM);
  }

  private static String started(String id, int host, String version) {
    return STARTED.formatted(id, host, version);
  }

  private static String health(String status) {
    return "{\"service_id\":\"s\",\"status\":\"" + status + "\"}";
  }

  @Test
  void writesTheSameForEachInstanceWhateverTheParallelism() throws Exception {
    TestingInbox inbox = inbox();
    for (int i = 0; i < 20; i++) {
      inbox.event("s-" + i, "u-" + i, "service.started", started("s-" + i, i, "1"));
    }
    inbox.repeatLast(7).afterMillis(1_000);
    for (int i = 0; i < 20; i++) {
      inbox.event("s-" + i, "h-" + i, "health.check", health(i % 2 == 0 ? "healthy" : "degraded"));
    }
    inbox.afterMillis(20_000);
    for (int i = 0; i < 20; i++) {
      inbox.event("s-" + i, "b-" + i, i % 5 == 0 ? "service.stopped" : "cron.ran", health("x"));
    }
    List<SourceRecord> records = inbox.repeatLast(20).records();

    Map<String, List<String>> alone = perKey(run(records, 1));
    assertThat(perKey(run(records, 4))).isEqualTo(alone);
    assertThat(alone).hasSize(20 * 3);
  }

  @Test
  void logsWhatHappensToAnInstanceAndTellsOfItsLoss() throws Exception {
    TestingInbox inbox =
        inbox()
            .event("s", "1", "service.started", started("s", 1, "1"))
            .event("s", "2", "health.check", health("degraded"))
            .event("s", "3", "health.check", health("degraded"))
            .afterMillis(15_001)
            .event("s", "4", "health.check", health("healthy"))
            .event("s", "5", "service.started", started("s", 2, "2"))
            .event("s", "6", "service.stopped", health("x"));

    List<OutputRecord> outputs = run(inbox.records(), 1);

    List<ServiceLog> log =
        of(Topic.SERVICE_LOG, outputs).stream()
            .map(output -> singleObject.decode(output.value(), ServiceLog.class))
            .toList();
    assertThat(log)
        .extracting(ServiceLog::getEvent)
        .containsExactly(
            "ServiceRegistered",
            "HealthChanged",
            "ServiceFellSilent",
            "HealthChanged",
            "ServiceCameBack",
            "ServiceUpdated",
            "ServiceStopped");
    assertThat(log).extracting(ServiceLog::getVersion).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(log.get(2).getCause()).isEqualTo("timeout");
    assertThat(log.get(2).getClock()).isEqualTo(1_000 + 15_000);

    List<OutputRecord> errors = of(Topic.EVENTS_ERROR, outputs);
    assertThat(errors)
        .extracting(output -> new String(output.key(), StandardCharsets.UTF_8))
        .containsExactly(AlertId.key("s", "service_lost"), AlertId.key("s", "service_lost"));
    assertThat(singleObject.decode(errors.get(1).value(), Event.class).getEventType())
        .isEqualTo("system.service_restored");
    Event lost = singleObject.decode(errors.get(0).value(), Event.class);
    assertThat(lost.getEventType()).isEqualTo("system.service_lost");
    assertThat(lost.getSource().getComponentId()).isEqualTo("s");
    assertThat(new String(lost.getData().getPayload().array(), StandardCharsets.UTF_8))
        .contains("\"code\":\"service_lost\"", "\"severity\":\"high\"", "\"service\":\"billing\"");
  }

  @Test
  void projectsEachInstanceAsItIsAndEndsWithATombstone() throws Exception {
    TestingInbox inbox =
        inbox()
            .event("s", "1", "service.started", started("s", 1, "1"))
            .event("s", "2", "health.check", health("unhealthy"))
            .event("s", "3", "service.stopped", health("x"));

    List<OutputRecord> registry = of(Topic.SERVICE_REGISTRY, run(inbox.records(), 1));

    ServiceInstance first = singleObject.decode(registry.get(0).value(), ServiceInstance.class);
    Instant now = TestingInbox.BEGINNING.plusMillis(1_000);
    assertThat(first)
        .isEqualTo(
            new ServiceInstance(
                "s",
                1L,
                "billing",
                "http://10.0.0.1",
                "1",
                5_000L,
                "healthy",
                "healthy",
                "PRESENT",
                now,
                now,
                now,
                0L));
    assertThat(singleObject.decode(registry.get(1).value(), ServiceInstance.class).getHealth())
        .isEqualTo("unhealthy");
    assertThat(registry.get(2).value()).isNull();
    assertThat(registry).hasSize(3);
  }

  @Test
  void deadLettersWhatAStrangerSaysOfItsHealthAndPassesByItsOtherEvents() throws Exception {
    TestingInbox inbox =
        inbox()
            .event("ghost", "1", "health.check", health("healthy"))
            .event("ghost", "2", "cron.ran", "{}")
            .event("ghost", "3", "service.stopped", health("x"));

    List<OutputRecord> outputs = run(inbox.records(), 1);

    assertThat(outputs)
        .extracting(output -> header(output, "dlq.reason"))
        .containsExactly("unknown_service", "unknown_service");
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
    return ServiceTopology.of(source, ServiceJobSettings.of(settings), TestingInbox.topics())
        .services()
        .executeAndCollect(LIMIT);
  }

  private static List<OutputRecord> of(Topic topic, List<OutputRecord> outputs) {
    return outputs.stream().filter(output -> output.topic().equals(topic.in("twinlog."))).toList();
  }

  private static Map<String, List<String>> perKey(List<OutputRecord> outputs) {
    Map<String, List<String>> result = new TreeMap<>();
    for (OutputRecord output : outputs) {
      String value =
          output.value() == null ? "-" : Base64.getEncoder().encodeToString(output.value());
      result
          .computeIfAbsent(
              output.topic() + " " + new String(output.key(), StandardCharsets.UTF_8),
              k -> new ArrayList<>())
          .add(value + " " + header(output, "tl-origin"));
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
