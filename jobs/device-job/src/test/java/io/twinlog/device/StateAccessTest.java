// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.InboxReader;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How often an input of each kind goes to RocksDB: the table of docs/jobs/device.md. Behind the
 * cache none does, until the barrier.
 */
class StateAccessTest {
  private static final String TELEMETRY = "{\"data\":{\"temperature\":21.5}}";

  private final List<Counter> reads = new CopyOnWriteArrayList<>();
  private final List<Counter> writes = new CopyOnWriteArrayList<>();
  private final TestingInbox inbox = new TestingInbox();
  private int taken;
  private int events;
  private OneInputStreamOperatorTestHarness<SourceRecord, InboxRecord> reader;
  private KeyedOneInputStreamOperatorTestHarness<String, InboxRecord, OutputRecord> devices;

  private void open(String cacheSize) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("cache.size", cacheSize);
    reader =
        new OneInputStreamOperatorTestHarness<>(
            new InboxReader(TestingInbox.topics().entry(Topic.EVENTS_DOMAIN)));
    reader.setup(InboxRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    reader.open();
    devices =
        new KeyedOneInputStreamOperatorTestHarness<>(
            DeviceJob.operators(settings, TestingInbox.topics()).aggregate(),
            InboxRecord::key,
            Types.STRING,
            environment());
    devices.setStateBackend(new EmbeddedRocksDBStateBackend());
    devices.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    devices.open();
  }

  private MockEnvironment environment() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (name.equals("twinlog_state_reads")) {
                    reads.add((Counter) metric);
                  } else if (name.equals("twinlog_state_writes")) {
                    writes.add((Counter) metric);
                  }
                })
            .build();
    return new MockEnvironmentBuilder()
        .setTaskName("test")
        .setMaxParallelism(128)
        .setMetricGroup(
            TaskManagerMetricGroup.createTaskManagerMetricGroup(
                    registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task"))
        .build();
  }

  @AfterEach
  void close() throws Exception {
    devices.close();
    reader.close();
  }

  /** {@code reads/writes} of an event of the device, a second after the one before it. */
  private String event(String type, String payload) throws Exception {
    return event("e-" + events++, type, payload);
  }

  private String event(String id, String type, String payload) throws Exception {
    inbox.afterMillis(1_000).event("d-1", id, type, payload);
    long readsBefore = sum(reads);
    long writesBefore = sum(writes);
    List<SourceRecord> all = inbox.records();
    for (SourceRecord record : all.subList(taken, all.size())) {
      reader.processElement(new StreamRecord<>(record));
    }
    taken = all.size();
    for (InboxRecord record : new ArrayList<>(reader.extractOutputValues())) {
      devices.processElement(new StreamRecord<>(record));
    }
    reader.getOutput().clear();
    return (sum(reads) - readsBefore) + "/" + (sum(writes) - writesBefore);
  }

  private static long sum(List<Counter> counters) {
    return counters.stream().mapToLong(Counter::getCount).sum();
  }

  @Test
  void goesToRocksDbOnceEachWayForTelemetryWithoutACache() throws Exception {
    open("0");

    assertThat(event("device.heartbeat", "{}")).as("unknown device").isEqualTo("1/0");
    assertThat(event("device.registered", "{\"device_id\":\"d-1\",\"model\":\"T20\"}"))
        .as("a change of a device that is new")
        .isEqualTo("1/2");
    assertThat(event("device.online", "{}")).as("a change").isEqualTo("2/2");
    assertThat(event("data.collected", TELEMETRY)).as("telemetry").isEqualTo("1/1");
    assertThat(event("device.heartbeat", "{}")).as("heartbeat").isEqualTo("1/1");
    assertThat(event("e-3", "data.collected", TELEMETRY)).as("repeated id").isEqualTo("1/0");
    assertThat(event("device.online", "{}")).as("status that changes nothing").isEqualTo("2/1");
    inbox.afterMillis(60_000);
    assertThat(event("data.collected", TELEMETRY)).as("projection renewed").isEqualTo("2/1");
    assertThat(
            event(
                "device.error",
                "{\"error\":{\"code\":\"hot\",\"severity\":\"low\",\"message\":\"\"}}"))
        .as("a fault")
        .isEqualTo("2/2");
  }

  @Test
  void goesToRocksDbOnlyBeforeABarrierBehindTheCache() throws Exception {
    open("16 mb");
    event("device.registered", "{\"device_id\":\"d-1\",\"model\":\"T20\"}");

    for (int i = 0; i < 50; i++) {
      assertThat(event("data.collected", TELEMETRY)).isEqualTo("0/0");
    }
    devices.getOneInputOperator().prepareSnapshotPreBarrier(1);

    assertThat(sum(reads)).isEqualTo(1);
    assertThat(sum(writes)).isEqualTo(2);
  }
}
