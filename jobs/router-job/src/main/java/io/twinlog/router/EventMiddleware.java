// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import java.util.Optional;

/**
 * A step that every event passes on its way through the router, in a chain: {@link #before} in
 * order, {@link #after} in reverse, for those whose {@code before} ran. It must be a function of
 * the event and of log time alone, else a restart would route differently.
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
   */
  Optional<String> before(MiddlewareContext context);

  /** Sees how it ended. */
  void after(MiddlewareContext context, Outcome outcome);
}
