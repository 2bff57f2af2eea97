// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerException;
import io.twinlog.wire.handler.HandlerException.Severity;
import io.twinlog.wire.handler.HandlerResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Does what the payload of an event says: {@code {"do": ...}}. Named in META-INF/services. */
public final class TestingHandler implements EventHandler {
  /** A type whose events no aggregate reads. */
  static final String INTEGRATION = "acme.tested";

  /** A type whose inbox no job reads yet; it fails with MEDIUM where the service is named so. */
  static final String SYSTEM = "service.stopped";

  @Override
  public Set<String> eventTypes() {
    return Set.of("data.collected", INTEGRATION, SYSTEM);
  }

  @Override
  public HandlerResult handle(EventContext context) {
    String payload =
        StandardCharsets.UTF_8
            .decode(context.event().getData().getPayload().duplicate())
            .toString();
    if (payload.contains("\"service_id\":\"medium\"")) {
      throw new HandlerException(Severity.MEDIUM, "no route to host");
    }
    if (does(payload, "spoil")) {
      Event event = context.event();
      event.getData().getPayload().position(event.getData().getPayload().limit());
      event.setEventType("device.online");
      throw new HandlerException(Severity.MEDIUM, "spoilt");
    }
    if (does(payload, "low")) {
      throw new HandlerException(Severity.LOW, "not this one");
    } else if (does(payload, "medium")) {
      throw new HandlerException(Severity.MEDIUM, "no route to host");
    } else if (does(payload, "high")) {
      throw new HandlerException(Severity.HIGH, "the key is gone");
    } else if (does(payload, "defect")) {
      throw new IllegalStateException("a defect");
    } else if (does(payload, "discard")) {
      return HandlerResult.of();
    } else if (does(payload, "stranger")) {
      return HandlerResult.of(heartbeat(context, "d-other"));
    } else if (does(payload, "unsound")) {
      return HandlerResult.of(context.derive("device.nonsense").build());
    } else if (does(payload, "two")) {
      return HandlerResult.of(heartbeat(context, "d-1"), heartbeat(context, "d-1"));
    }
    return HandlerResult.unchanged(context);
  }

  private static boolean does(String payload, String what) {
    return payload.contains("\"do\":\"" + what + "\"");
  }

  private static Event heartbeat(EventContext context, String device) {
    byte[] payload = ("{\"device_id\":\"" + device + "\"}").getBytes(StandardCharsets.UTF_8);
    return context
        .derive("device.heartbeat")
        .setData(new EventData(ByteBuffer.wrap(payload), "1", Encoding.JSON))
        .build();
  }
}
