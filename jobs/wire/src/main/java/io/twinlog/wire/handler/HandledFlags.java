// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import io.twinlog.domain.routing.RoutingRules;
import io.twinlog.schemas.Event;
import java.time.Instant;

/**
 * Flags of an event that a handler made where it was tried again. It knows the default rules alone,
 * not those that were published.
 */
public final class HandledFlags {
  private HandledFlags() {}

  /**
   * What the router found of a timestamp holds for an output of the same one; any other is judged
   * here.
   *
   * @param timestamp of the event that was handled
   * @param flags of it
   * @param logTime of it, ms
   */
  public static String of(Event output, Instant timestamp, String flags, long logTime) {
    Instant own = output.getTimestamp();
    if (own.equals(timestamp)) {
      return flags;
    }
    return RoutingRules.DEFAULT.runsAhead(own.toEpochMilli(), logTime)
        ? RoutingRules.CLOCK_SKEW
        : "";
  }
}
