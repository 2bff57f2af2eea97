// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.EventPlace;
import java.nio.charset.StandardCharsets;

/** An event as a record: of the slow road, or opened by middleware. */
record OpenedEvent(Event event, SingleObject singleObject) implements RoutableEvent {
  @Override
  public String eventType() {
    return event.getEventType();
  }

  @Override
  public long timestamp() {
    return event.getTimestamp().toEpochMilli();
  }

  @Override
  public long ttl() {
    Long ttl = event.getMetadata().getTtl();
    return ttl == null ? NO_TTL : ttl;
  }

  @Override
  public byte[] key(EventPlace place) {
    return place.key(event).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] traceparent() {
    String traceparent = event.getMetadata().getTraceparent();
    return traceparent == null ? null : traceparent.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] value() {
    return singleObject.encode(event);
  }

  @Override
  public RoutableEvent rooted() {
    if (event.getMetadata().getCorrelationId() != null) {
      return this;
    }
    EventMetadata metadata =
        EventMetadata.newBuilder(event.getMetadata()).setCorrelationId(event.getId()).build();
    return new OpenedEvent(
        new Event(
            event.getId(),
            event.getEventType(),
            event.getSource(),
            event.getTimestamp(),
            event.getData(),
            metadata),
        singleObject);
  }
}
