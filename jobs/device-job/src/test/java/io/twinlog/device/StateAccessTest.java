// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.testkit.OperatorRig;
import io.twinlog.testkit.TestingInbox;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How often an input of each kind goes to RocksDB: the table of docs/jobs/device.md. Behind the
 * cache none does, until the barrier.
 */
class StateAccessTest {
  private static final String TELEMETRY = "{\"data\":{\"temperature\":21.5}}";

  private final TestingInbox inbox = new TestingInbox();
  private int events;
  private OperatorRig devices;

  private void open(String cacheSize) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("cache.size", cacheSize);
    devices =
        new OperatorRig(inbox, DeviceJob.operators(settings, TestingInbox.topics()).aggregate());
  }

  @AfterEach
  void close() {
    devices.close();
  }

  /** {@code reads/writes} of an event of the device, a second after the one before it. */
  private String event(String type, String payload) throws Exception {
    return event("e-" + events++, type, payload);
  }

  private String event(String id, String type, String payload) throws Exception {
    inbox.afterMillis(1_000).event("d-1", id, type, payload);
    return devices.accesses();
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
    devices.prepareBarrier();

    assertThat(devices.reads()).isEqualTo(1);
    assertThat(devices.writes()).isEqualTo(2);
  }
}
