// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What requirements may ask of an event that a decoder has let pass: {@code event} and {@code
 * payload}. What an event does not have, has no entry.
 */
public final class EventFacts {
  private EventFacts() {}

  /** By the names of the variables. */
  public static Map<String, Object> of(Event event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("event", envelope(event));
    Object payload =
        switch (event.getData().getEncoding()) {
          case JSON, CBOR, AVRO -> Facts.of(Payloads.read(event.getData()));
          case TEXT ->
              StandardCharsets.UTF_8.decode(event.getData().getPayload().duplicate()).toString();
          case BINARY -> null;
        };
    put(facts, "payload", payload);
    return facts;
  }

  private static Map<String, Object> envelope(Event event) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("id", event.getId());
    envelope.put("type", event.getEventType());
    envelope.put("service_id", event.getSource().getServiceId());
    envelope.put("component_id", event.getSource().getComponentId());
    envelope.put("timestamp", event.getTimestamp().toEpochMilli());
    envelope.put("priority", event.getMetadata().getPriority().name());
    put(envelope, "session_id", event.getMetadata().getSessionId());
    put(envelope, "user_id", event.getMetadata().getUserId());
    return envelope;
  }

  private static void put(Map<String, Object> facts, String name, Object value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
