// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandledFlawsTest {
  private final HandledFlaws flaws = new HandledFlaws(Topic.EVENTS_DOMAIN);

  private Optional<String> of(String type, String payload) {
    return flaws.of("d-1", event(type, payload), "acme.read");
  }

  private static Event event(String type, String payload) {
    return Event.newBuilder()
        .setId("h-1")
        .setEventType(type)
        .setSource(new EventSource("gw", "d-1", "1"))
        .setTimestamp(Instant.EPOCH)
        .setData(new EventData(ByteBuffer.wrap(payload.getBytes(UTF_8)), "1", Encoding.JSON))
        .setMetadata(EventMetadata.newBuilder().setPriority(Priority.NORMAL).build())
        .build();
  }

  @Test
  void takesWhatIsOfTheInboxWithoutPublishedRules() {
    assertThat(of("device.heartbeat", "{}")).isEmpty();
    assertThat(of("data.collected", "{\"data\":{\"t\":1}}")).isEmpty();
    assertThat(of("acme.read", "{}")).isEmpty();
  }

  @Test
  void takesNothingThatBelongsToAnotherTopic() {
    assertThat(of("order.note", "{}"))
        .hasValueSatisfying(
            flaw ->
                assertThat(flaw)
                    .startsWith("order.note is not of events.domain, as the event is")
                    .contains("may make acme.read"));
    assertThat(of("system.error", "{\"error\":{\"message\":\"m\"}}")).isPresent();
    assertThat(of("health.check", "{\"service_id\":\"s\",\"status\":\"healthy\"}")).isPresent();
    assertThat(of("user.seen", "{}")).isPresent();
  }

  @Test
  void takesWhatIsOfAnInstanceWhereServicesAreRead() {
    HandledFlaws ofServices = new HandledFlaws(Topic.EVENTS_SYSTEM);
    Event check = event("health.check", "{\"service_id\":\"s-1\",\"status\":\"healthy\"}");
    assertThat(ofServices.of("s-1", check, "cron.ran")).isEmpty();
    assertThat(ofServices.of("gw", event("cron.ran", "{}"), "cron.ran")).isEmpty();
    assertThat(ofServices.of("s-2", check, "cron.ran"))
        .contains("health.check is of s-1, not of s-2");
    assertThat(ofServices.of("gw", event("device.heartbeat", "{}"), "cron.ran"))
        .get()
        .asString()
        .startsWith("device.heartbeat is not of events.system, as the event is")
        .endsWith("as service.* and health.* are");
  }

  @Test
  void takesNothingOfAnotherDeviceNorWhatIsUnsound() {
    assertThat(of("device.heartbeat", "{\"device_id\":\"d-2\"}"))
        .contains("device.heartbeat is of d-2, not of d-1");
    assertThat(of("device.hartbeat", "{}")).get().asString().contains("unknown_event_type");
  }
}
