// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import java.util.Optional;

/** Makes every event part of a flow: one without a correlation id is the root of its own. */
final class Enrichment implements EventMiddleware {
  @Override
  public Optional<String> before(EventContext context) {
    Event event = context.event();
    if (event.getMetadata().getCorrelationId() == null) {
      EventMetadata metadata =
          EventMetadata.newBuilder(event.getMetadata()).setCorrelationId(event.getId()).build();
      context.replace(
          new Event(
              event.getId(),
              event.getEventType(),
              event.getSource(),
              event.getTimestamp(),
              event.getData(),
              metadata));
    }
    return Optional.empty();
  }

  @Override
  public void after(EventContext context, Outcome outcome) {
    // Nothing is left to do.
  }
}
