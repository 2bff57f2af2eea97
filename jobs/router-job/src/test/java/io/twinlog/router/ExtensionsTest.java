// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Header;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Event types and middleware that the router finds on its class path. Handlers: HandlingTest. */
class ExtensionsTest {
  private static OutputRecord route(String payload, String... settings) throws Exception {
    try (RouterRig rig = new RouterRig(settings)) {
      rig.ticks(1_000);
      List<OutputRecord> outputs =
          rig.event(
              "{\"id\":\"e-1\",\"event_type\":\"testing.declared\",\"source\":{\"service_id\":\"gw\",\"component_id\":\"c\"},\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"payload\":%s}}"
                  .formatted(payload));
      assertThat(outputs).hasSize(1);
      return outputs.get(0);
    }
  }

  private static String header(OutputRecord record, String name) {
    return Header.text(record.headers(), name).orElse("");
  }

  @Test
  void routesADeclaredTypeByTheCategoryThatItsJarSays() throws Exception {
    OutputRecord record = route("{\"do\":\"nothing\",\"device_id\":\"d-7\"}");

    assertThat(record.topic()).isEqualTo("twinlog.events.domain");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("d-7");
  }

  @Test
  void routesItByWhatTheSettingsSayOfTheTypeItself() throws Exception {
    assertThat(
            route("{\"do\":\"nothing\"}", "router.categories.testing.declared", "INTEGRATION")
                .topic())
        .isEqualTo("twinlog.events.integration");
  }

  @Test
  void routesItByItsJarWhereTheSettingsSpeakOfAPrefix() throws Exception {
    assertThat(route("{\"do\":\"nothing\"}", "router.categories.testing.*", "USER").topic())
        .isEqualTo("twinlog.events.domain");
  }

  @Test
  void checksADeclaredTypeByItsSchema() throws Exception {
    OutputRecord letter = route("{}");

    assertThat(header(letter, "dlq.reason")).isEqualTo("invalid_payload");
    assertThat(header(letter, "dlq.errors")).contains("data.payload.do");
  }

  @Test
  void makesADeadLetterOfWhatMiddlewareStops() throws Exception {
    OutputRecord letter = route("{\"do\":\"stop\"}");

    assertThat(header(letter, "dlq.reason")).isEqualTo("stopped");
    assertThat(header(letter, "dlq.errors")).contains("not on Sundays");
  }

  @Test
  void makesADeadLetterOfWhatMiddlewareFailsOn() throws Exception {
    OutputRecord letter = route("{\"do\":\"throw\"}");

    assertThat(header(letter, "dlq.reason")).isEqualTo("handler_failed");
    assertThat(header(letter, "dlq.errors")).contains("TestingMiddleware", "no table");
  }

  @Test
  void writesWhatMiddlewareHasMadeOfAnEvent() throws Exception {
    Event event = new SingleObject().decode(route("{\"do\":\"user\"}").value(), Event.class);

    assertThat(event.getMetadata().getUserId()).isEqualTo("ann");
    assertThat(event.getMetadata().getCorrelationId()).isEqualTo("e-1");
  }
}
