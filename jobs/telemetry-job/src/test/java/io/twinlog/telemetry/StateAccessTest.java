// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.testkit.OperatorRig;
import io.twinlog.testkit.TestingInbox;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How often an input of each kind goes to RocksDB: once each way at most, and not at all where
 * telemetry has nothing to do with it. Behind the cache none does, until the barrier.
 */
class StateAccessTest {
  private static final String MEASURED = "{\"data\":{\"temperature\":21.5}}";

  private final TestingInbox inbox = new TestingInbox();
  private int events;
  private OperatorRig telemetry;

  private void open(String cacheSize) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("cache.size", cacheSize);
    telemetry =
        new OperatorRig(
            inbox,
            TelemetryJob.operator(
                settings, TestingInbox.topics(), () -> RuleBook.of(RuleSet.DEFAULT)));
  }

  @AfterEach
  void close() {
    telemetry.close();
  }

  /** {@code reads/writes} of an event of the device, a second after the one before it. */
  private String event(String type, String payload) throws Exception {
    return event("e-" + events++, type, payload);
  }

  private String event(String id, String type, String payload) throws Exception {
    inbox.afterMillis(1_000).event("d-1", id, type, payload);
    return telemetry.accesses();
  }

  private String command(String name, String data) throws Exception {
    inbox.afterMillis(1_000).command("d-1", "c-" + events++, name, data);
    return telemetry.accesses();
  }

  @Test
  void goesToRocksDbOnceEachWayAtMostWithoutACache() throws Exception {
    open("0");

    assertThat(event("device.registered", "{\"device_id\":\"d-1\",\"model\":\"T20\"}"))
        .as("a device that is new")
        .isEqualTo("1/1");
    assertThat(event("m-1", "data.collected", MEASURED)).as("the first record").isEqualTo("1/1");
    assertThat(event("data.collected", MEASURED)).as("another one").isEqualTo("1/1");
    assertThat(event("m-1", "data.collected", MEASURED)).as("repeated id").isEqualTo("1/0");
    assertThat(event("data.processed", "{\"data_id\":\"d-1/m-1\",\"result\":1}"))
        .as("a result")
        .isEqualTo("1/1");
    assertThat(event("data.processed", "{\"data_id\":\"d-1/m-2\",\"result\":1}"))
        .as("a result of nothing")
        .isEqualTo("1/0");
    inbox.afterMillis(600_000);
    assertThat(event("data.collected", MEASURED)).as("a window ends").isEqualTo("1/1");
    inbox.afterMillis(86_400_000);
    assertThat(event("data.collected", MEASURED)).as("deadlines before it").isEqualTo("1/1");
    assertThat(command("DecommissionDevice", "{}")).as("a command").isEqualTo("1/1");
  }

  @Test
  void whatIsNoneOfItsConcernCostsNothing() throws Exception {
    open("0");
    event("device.registered", "{\"device_id\":\"d-1\",\"model\":\"T20\"}");

    assertThat(event("device.heartbeat", "{}")).isEqualTo("0/0");
    assertThat(event("device.online", "{}")).isEqualTo("0/0");
    assertThat(event("device.offline", "{}")).isEqualTo("0/0");
    assertThat(event("device.error", "{\"error\":{\"severity\":\"low\",\"message\":\"\"}}"))
        .isEqualTo("0/0");
    assertThat(event("acme.weather", "{}")).isEqualTo("0/0");
    assertThat(command("ConfigureDevice", "{\"configuration\":{\"a\":1}}")).isEqualTo("0/0");
    assertThat(command("ReportFault", "{\"code\":\"E\",\"severity\":\"low\",\"message\":\"\"}"))
        .isEqualTo("0/0");
  }

  @Test
  void goesToRocksDbOnlyBeforeABarrierBehindTheCache() throws Exception {
    open("16 mb");
    event("device.registered", "{\"device_id\":\"d-1\",\"model\":\"T20\"}");

    for (int i = 0; i < 50; i++) {
      assertThat(event("data.collected", MEASURED)).isEqualTo("0/0");
    }
    telemetry.prepareBarrier();

    assertThat(telemetry.reads()).isEqualTo(1);
    assertThat(telemetry.writes()).isEqualTo(1);
  }
}
