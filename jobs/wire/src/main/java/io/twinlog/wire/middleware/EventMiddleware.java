// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.middleware;

import java.util.Optional;

/**
 * A step that every event passes on its way through the router: a jar of a user's own names its
 * steps in {@code META-INF/services}. They stand in a chain: {@link #before} in order, {@link
 * #after} in reverse, for those whose {@code before} ran; Twinlog's own come first. A step is a
 * function of the event and of log time, and keeps nothing from one event to the next: else a
 * restart would route differently. How to write one: docs/extensions.md.
 */
public interface EventMiddleware {
  /** How an event left the router. */
  enum Outcome {
    ROUTED,
    STOPPED,
    NO_HANDLER,
    /** Its handler made nothing of it. */
    DISCARDED,
    /** Its handler failed, and its key waits where its inbox is read. */
    WAITING,
    FAILED
  }

  /**
   * May change the event, or stop it: the reason why becomes that of a dead letter {@code stopped}.
   * What it throws makes the event a dead letter {@code handler_failed}.
   *
   * @return empty: it goes on
   */
  Optional<String> before(MiddlewareContext context);

  /** Sees how it ended, and can change it no more: what it throws is counted. */
  default void after(MiddlewareContext context, Outcome outcome) {}

  /** Lower ones come first; of two alike that whose name does. */
  default int order() {
    return 0;
  }

  /** Its name in dead letters and figures; no two may have the same. */
  default String name() {
    return getClass().getSimpleName();
  }
}
