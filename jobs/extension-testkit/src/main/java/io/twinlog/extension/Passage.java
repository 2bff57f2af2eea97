// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Thrown;
import io.twinlog.schemas.Event;
import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.EventMiddleware.Outcome;
import io.twinlog.wire.middleware.MiddlewareChain;
import io.twinlog.wire.middleware.MiddlewareChain.Result;
import java.util.ArrayList;
import java.util.List;

/** How an event has passed middleware. */
public final class Passage {
  private final Event before;
  private final Event after;
  private final Result result;

  private Passage(Event before, Event after, Result result) {
    this.before = before;
    this.after = after;
    this.result = result;
  }

  /**
   * @throws AssertionError when one of them throws after the event, which the router only counts
   */
  static Passage of(PassingEvent passing, List<EventMiddleware> middleware) {
    Event before = passing.passed();
    List<String> thrown = new ArrayList<>();
    Result result =
        new MiddlewareChain(
                List.of(), middleware, (name, why) -> thrown.add(name + ": " + Thrown.text(why)))
            .run(passing, () -> Result.ROUTED);
    if (result.outcome() == Outcome.FAILED) {
      thrown.remove(0);
    }
    Failures.require(thrown.isEmpty(), "threw after the event:\n" + Failures.lines(thrown));
    return new Passage(before, passing.passed(), result);
  }

  /** None stopped it, and it goes on as it came. */
  public void thenPassesUnchanged() {
    requirePassed();
    Failures.require(after.equals(before), "expected no change of\n  %s, was\n  %s", before, after);
  }

  /** None stopped it, and it goes on as this says. */
  public void thenPassesAs(EventExample expected) {
    requirePassed();
    List<String> differences = expected.differences(after);
    Failures.require(differences.isEmpty(), "another event:\n" + Failures.lines(differences));
  }

  /** One stopped it: a dead letter {@code stopped}. */
  public void thenIsStopped(String reason) {
    Failures.require(
        result.outcome() == Outcome.STOPPED && result.why().equals(reason),
        "expected to be stopped with \"%s\", was %s %s",
        reason,
        result.outcome(),
        result.why());
  }

  /**
   * One threw: a dead letter {@code handler_failed}.
   *
   * @param why a part of what is told of it
   */
  public void thenFails(String why) {
    Failures.require(
        result.outcome() == Outcome.FAILED, "expected a failure, was %s", result.outcome());
    Failures.requireContains("a failure", result.why(), why);
  }

  private void requirePassed() {
    Failures.require(
        result.outcome() == Outcome.ROUTED,
        "expected to pass, was %s: %s",
        result.outcome(),
        result.why());
  }
}
