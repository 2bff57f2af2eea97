// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.router.EventMiddleware.Outcome;
import java.util.List;
import java.util.function.Function;

/** Runs middleware around what is done with an event. */
final class MiddlewareChain {
  /** How an event left, and why it was stopped or failed; empty: it was not. */
  record Result(Outcome outcome, String why) {
    static final Result ROUTED = new Result(Outcome.ROUTED, "");
  }

  private final List<EventMiddleware> chain;

  MiddlewareChain(List<EventMiddleware> chain) {
    this.chain = List.copyOf(chain);
  }

  /**
   * Runs {@code before} in order, {@code work} if none stopped it, and {@code after} in reverse for
   * those whose {@code before} ran. A {@code before} that throws fails the event, not the job;
   * {@code work} is ours, and what it throws is no answer to an event.
   */
  Result run(MiddlewareContext context, Function<MiddlewareContext, Result> work) {
    int ran = 0;
    Result result = null;
    while (ran < chain.size() && result == null) {
      result = before(chain.get(ran++), context);
    }
    if (result == null) {
      result = work.apply(context);
    }
    for (int i = ran - 1; i >= 0; i--) {
      chain.get(i).after(context, result.outcome());
    }
    return result;
  }

  /** Null: go on. */
  private static Result before(EventMiddleware step, MiddlewareContext context) {
    try {
      return step.before(context).map(reason -> new Result(Outcome.STOPPED, reason)).orElse(null);
    } catch (RuntimeException e) {
      return new Result(Outcome.FAILED, step.getClass().getSimpleName() + ": " + e);
    }
  }
}
