// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.router.RouterRig.key;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.event;
import static io.twinlog.testkit.IngressExamples.replaced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.SingleObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterEventsTest {
  private static final String STARTED =
      "{\"service_id\":\"svc-7\",\"service_info\":{\"name\":\"n\",\"endpoint\":\"e\"}}";

  private final SingleObject singleObject = new SingleObject();

  private RouterRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig();
    rig.ticks(1_000);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static OutputRecord only(List<OutputRecord> outputs) {
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private Event eventOf(OutputRecord output) {
    return singleObject.decode(output.value(), Event.class);
  }

  @Test
  void writesAnEventWithAllThatThoseWhoComeAfterNeed() throws Exception {
    String traced =
        replaced(EVENT, "\"sequence\":7", "\"sequence\":7,\"traceparent\":\"00-a-b-01\"");

    OutputRecord output = only(rig.event(traced));

    assertThat(output.topic()).isEqualTo("twinlog.events.domain");
    assertThat(key(output)).isEqualTo("d-1");
    assertThat(output.partition())
        .isEqualTo(Partitions.of("d-1".getBytes(UTF_8), RouterRig.PARTITIONS));
    assertThat(header(output, HeaderNames.TYPE)).isEqualTo("data.collected");
    assertThat(header(output, HeaderNames.ORIGIN)).isEqualTo("router/id-of-ingress/2/2/0");
    assertThat(header(output, HeaderNames.CLOCK)).isEqualTo("1/1000/" + RouterRig.WALL);
    assertThat(header(output, HeaderNames.RULES)).isEqualTo("5");
    assertThat(header(output, HeaderNames.TRACEPARENT)).isEqualTo("00-a-b-01");
    assertThat(header(output, HeaderNames.FLAGS)).isEmpty();
    assertThat(eventOf(output).getMetadata().getCorrelationId()).isEqualTo("e-1");
    assertThat(eventOf(output).getMetadata().getSequence()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device.online    | {\"device_id\":\"d-9\"} | events.domain      | d-9",
        "device.online    | {}                      | events.domain      | d-1",
        "data.processed   | {\"device_id\":\"d-9\",\"data_id\":\"x\",\"result\":1} | events.domain | d-9",
        "service.stopped  | {\"service_id\":\"s-9\"} | events.system     | s-9",
        "health.check     | {\"service_id\":\"s-9\",\"status\":\"healthy\"} | events.system | s-9",
        "system.error     | {\"error\":{\"message\":\"m\"}} | events.error | a-a334hejo4td5hccqvr2nevma66",
        "system.error     | {\"service_id\":\"s-9\",\"error\":{\"code\":\"full\",\"message\":\"m\"}} | events.error | a-n3me26k5cxyrweqnxtpnu46x5e",
        "recovery.failed  | {\"recovery_id\":\"a-yw4yvqnbyjm5gqgigxo2nyldqk-1/2\"} | events.error | a-yw4yvqnbyjm5gqgigxo2nyldqk",
        "recovery.failed  | {\"recovery_id\":\"r-1\"} | events.error     | e-1",
        "user.signed_in   | {}                      | events.user        | e-1",
        "factory.cycle    | [1]                     | events.integration | e-1",
        "devices.online   | {}                      | events.integration | e-1"
      })
  void choosesTopicAndKeyByCategory(String type, String payload, String topic, String key)
      throws Exception {
    OutputRecord output = only(rig.event(event(type, payload)));

    assertThat(output.topic()).isEqualTo("twinlog." + topic);
    assertThat(key(output)).isEqualTo(key);
    assertThat(header(output, HeaderNames.TYPE)).isEqualTo(type);
  }

  @Test
  void keysAUserEventByItsUser() throws Exception {
    String json = replaced(event("user.signed_in", "{}"), "\"sequence\":7", "\"user_id\":\"ann\"");

    assertThat(key(only(rig.event(json)))).isEqualTo("ann");
  }

  @Test
  void keepsTheEventsOfAServiceTogetherWhoeverReportsThem() throws Exception {
    OutputRecord started = only(rig.event(event("service.started", STARTED)));
    OutputRecord stopped =
        only(
            rig.event(
                replaced(
                    event("service.stopped", "{\"service_id\":\"svc-7\"}"), "gw-1", "watchdog")));

    assertThat(key(started)).isEqualTo("svc-7");
    assertThat(key(stopped)).isEqualTo("svc-7");
    assertThat(stopped.partition()).isEqualTo(started.partition());
  }

  @Test
  void keysASystemEventByItsSourceWherePayloadNamesNoService() throws Exception {
    byte[] unread = {1, 2, 3};

    assertThat(key(only(rig.event(event("service.stopped", Encoding.BINARY, unread)))))
        .isEqualTo("gw-1");
    assertThat(
            key(
                only(
                    rig.event(
                        event(
                            "system.error",
                            "{\"service_id\":\"a\\nb\",\"error\":{\"message\":\"m\"}}")))))
        .isEqualTo(AlertId.key("gw-1/d-1", "system.error"));
  }

  @Test
  void takesCategoriesFromItsSettings() throws Exception {
    try (RouterRig other =
        new RouterRig(
            "router.categories.factory.*", "DOMAIN", "router.categories.factory.audit", "USER")) {
      assertThat(only(other.event(event("factory.cycle", "{}"))).topic())
          .isEqualTo("twinlog.events.domain");
      assertThat(only(other.event(event("factory.audit", "{}"))).topic())
          .isEqualTo("twinlog.events.user");
    }
  }

  @Test
  void doesNotBelieveForgedHeadersOfAGoodEvent() throws Exception {
    OutputRecord output =
        only(
            rig.event(
                EVENT,
                Header.of("tl-origin", "router/t/0/0/0"),
                Header.of("tl-type", "device.offline"),
                Header.of("tl-flags", "clock_skew")));

    assertThat(output.headers())
        .extracting(Header::key)
        .containsExactlyInAnyOrder("tl-type", "tl-origin", "tl-clock", "tl-rules");
    assertThat(header(output, "tl-type")).isEqualTo("data.collected");
  }
}
