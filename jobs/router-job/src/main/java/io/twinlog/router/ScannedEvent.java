// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.EventPlace;
import io.twinlog.wire.ingress.FastEvents;
import java.nio.charset.StandardCharsets;

/** The event that the fast road read last: bytes, which are opened only for who asks. */
final class ScannedEvent implements RoutableEvent {
  private final FastEvents scan;
  private final SingleObject singleObject;
  private boolean rooted;

  ScannedEvent(FastEvents scan, SingleObject singleObject) {
    this.scan = scan;
    this.singleObject = singleObject;
  }

  @Override
  public String eventType() {
    return scan.eventType();
  }

  @Override
  public long timestamp() {
    return scan.timestamp();
  }

  @Override
  public long ttl() {
    return scan.ttl() == FastEvents.NONE ? NO_TTL : scan.ttl();
  }

  @Override
  public byte[] key(EventPlace place) {
    if (place.topic() == Topic.EVENTS_ERROR) {
      // Rare, and a matter of the payload.
      return place.key(event()).getBytes(StandardCharsets.UTF_8);
    }
    return switch (place.category()) {
      case DOMAIN -> scan.deviceId();
      case SYSTEM -> scan.serviceId();
      case USER -> scan.userOrId();
      case INTEGRATION -> scan.id();
    };
  }

  @Override
  public byte[] traceparent() {
    return scan.hasTraceparent() ? scan.traceparent() : null;
  }

  @Override
  public byte[] value() {
    return scan.toAvro(rooted);
  }

  @Override
  public Event event() {
    return singleObject.decode(value(), Event.class);
  }

  @Override
  public RoutableEvent rooted() {
    rooted = true;
    return this;
  }
}
