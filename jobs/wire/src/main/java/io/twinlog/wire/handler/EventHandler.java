// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import java.util.Set;

/**
 * What is done with events of some types before they reach an aggregate or a topic: a jar of a
 * user's own names its handlers in {@code META-INF/services}. A handler is a function of the event
 * and of log time, and keeps nothing from one event to the next: an event is handled again after a
 * crash, and must give the same.
 *
 * <p>It runs in the router; what failed with {@link HandlerException.Severity#MEDIUM} is tried
 * again in the job whose key waits for it, so the jar belongs on the class path of both. How to
 * write one: docs/handlers.md.
 */
public interface EventHandler {
  /** The event types that it handles; no two handlers may name one. */
  Set<String> eventTypes();

  /**
   * Handles an event.
   *
   * @return what comes of it; {@link HandlerResult#unchanged} where the event itself goes on
   * @throws HandlerException when it cannot, with what is to be done about it; any other exception
   *     counts as one of {@link HandlerException.Severity#MEDIUM}
   */
  HandlerResult handle(EventContext context);

  /** Its name in dead letters and on parked keys. */
  default String name() {
    return getClass().getSimpleName();
  }
}
