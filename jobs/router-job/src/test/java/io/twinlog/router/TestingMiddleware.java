// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.ingress.Payloads;
import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.MiddlewareContext;
import java.util.Optional;

/**
 * Does with events of {@link TestingTypes#DECLARED} what their payload says, and with no others.
 */
public final class TestingMiddleware implements EventMiddleware {
  @Override
  public Optional<String> before(MiddlewareContext context) {
    if (!context.eventType().equals(TestingTypes.DECLARED)) {
      return Optional.empty();
    }
    Event event = context.event();
    return switch (Payloads.read(event.getData()).path("do").asText()) {
      case "stop" -> Optional.of("not on Sundays");
      case "throw" -> throw new IllegalStateException("no table");
      case "user" -> {
        EventMetadata metadata =
            EventMetadata.newBuilder(event.getMetadata()).setUserId("ann").build();
        context.replace(Event.newBuilder(event).setMetadata(metadata).build());
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
