// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.EventPlace;

/**
 * What routing needs of an event that keeps every rule, whether it was opened into a record or not.
 * Lives for one event.
 */
interface RoutableEvent {
  /** Of a ttl that is not there. */
  long NO_TTL = -1;

  String eventType();

  /** Event time, epoch milliseconds. */
  long timestamp();

  /** Milliseconds, or {@link #NO_TTL}. */
  long ttl();

  /** Key of its record, in UTF-8. */
  byte[] key(EventPlace place);

  /** W3C trace context in UTF-8; null: none. */
  byte[] traceparent();

  /** In single-object encoding. */
  byte[] value();

  /** As a record. */
  Event event();

  /** The same event, which is the root of its own flow if it belonged to none. */
  RoutableEvent rooted();
}
