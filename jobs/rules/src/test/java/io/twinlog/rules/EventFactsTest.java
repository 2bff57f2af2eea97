// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFactsTest {
  private static Event event(Encoding encoding, String payload) {
    return new Event(
        "e-1",
        "acme.made",
        new EventSource("gw-1", "d-1", "0"),
        Instant.ofEpochMilli(1_000),
        new EventData(ByteBuffer.wrap(payload.getBytes(UTF_8)), "1", encoding),
        EventMetadata.newBuilder().setSequence(7L).setPriority(Priority.HIGH).build());
  }

  @Test
  void tellsOfTheEnvelopeWhatIsThere() {
    Event event = event(Encoding.JSON, "{}");
    event.getMetadata().setSessionId("s-1");

    assertThat(EventFacts.of(event).get("event"))
        .isEqualTo(
            Map.of(
                "id", "e-1",
                "type", "acme.made",
                "service_id", "gw-1",
                "component_id", "d-1",
                "timestamp", 1_000L,
                "priority", "HIGH",
                "session_id", "s-1"));
  }

  @Test
  void hasNumbersTextsListsAndMapsOfThePayload() {
    Object payload =
        EventFacts.of(
                event(
                    Encoding.JSON,
                    "{\"i\":1,\"d\":1.5,\"big\":1e30,\"long\":99999999999999999999,\"s\":\"x\",\"b\":true,"
                        + "\"list\":[1,{\"a\":[]}]}"))
            .get("payload");

    assertThat(payload)
        .isEqualTo(
            Map.of(
                "i",
                1L,
                "d",
                1.5,
                "big",
                1e30,
                "long",
                1e20,
                "s",
                "x",
                "b",
                true,
                "list",
                List.of(1L, Map.of("a", List.of()))));
  }

  @Test
  void hasTextAsItIsAndNothingOfBytes() {
    assertThat(EventFacts.of(event(Encoding.TEXT, "hü"))).containsEntry("payload", "hü");
    assertThat(EventFacts.of(event(Encoding.BINARY, "x"))).doesNotContainKey("payload");
  }
}
