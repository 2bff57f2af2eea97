// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import io.twinlog.schemas.Event;
import java.util.List;

/**
 * What came of an event.
 *
 * @param outputs events, in order; none: it is discarded, and the ledger counts it so
 */
public record HandlerResult(List<Event> outputs) {
  public HandlerResult {
    outputs = List.copyOf(outputs);
  }

  public static HandlerResult of(Event... outputs) {
    return new HandlerResult(List.of(outputs));
  }

  /** The event itself goes on, as it was read. */
  public static HandlerResult unchanged(EventContext context) {
    return of(context.read());
  }
}
