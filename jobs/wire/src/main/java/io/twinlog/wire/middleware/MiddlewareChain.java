// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.middleware;

import io.twinlog.domain.Thrown;
import io.twinlog.wire.Services;
import io.twinlog.wire.middleware.EventMiddleware.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Runs middleware around what is done with an event. Not for threads to share. */
public final class MiddlewareChain {
  private static final int MESSAGE_MAX = 512;

  /** How an event left, and why it was stopped or failed; empty: it was not. */
  public record Result(Outcome outcome, String why) {
    public static final Result ROUTED = new Result(Outcome.ROUTED, "");
  }

  private final List<EventMiddleware> chain;
  private final BiConsumer<String, Throwable> failed;

  /**
   * @param shipped in order, before all of the users' own
   * @param own in any order
   * @param failed told which one threw what, at either end
   * @throws IllegalArgumentException when two of the users' own have the same name
   */
  public MiddlewareChain(
      List<EventMiddleware> shipped,
      Iterable<EventMiddleware> own,
      BiConsumer<String, Throwable> failed) {
    this.chain = new ArrayList<>(shipped);
    this.chain.addAll(inOrder(own));
    this.failed = failed;
  }

  /**
   * Those that are named in {@code META-INF/services} on a class path, in their order.
   *
   * @throws IllegalArgumentException when two have the same name, or one cannot be made
   */
  public static List<EventMiddleware> load(ClassLoader classes) {
    return inOrder(Services.load(EventMiddleware.class, classes));
  }

  private static List<EventMiddleware> inOrder(Iterable<EventMiddleware> own) {
    Map<String, EventMiddleware> byName = new HashMap<>();
    List<EventMiddleware> ordered = new ArrayList<>();
    for (EventMiddleware step : own) {
      EventMiddleware other = byName.put(step.name(), step);
      if (other != null) {
        throw new IllegalArgumentException(
            "two middleware have the name %s, %s and %s"
                .formatted(step.name(), other.getClass().getName(), step.getClass().getName()));
      }
      ordered.add(step);
    }
    ordered.sort(
        Comparator.comparingInt(EventMiddleware::order).thenComparing(EventMiddleware::name));
    return ordered;
  }

  /**
   * Runs {@code before} in order, {@code work} if none stopped it, and {@code after} in reverse for
   * those whose {@code before} ran. One that throws fails the event, not the job; {@code work} is
   * ours, and what it throws is no answer to an event.
   */
  public Result run(MiddlewareContext context, Supplier<Result> work) {
    int ran = 0;
    Result result = null;
    while (ran < chain.size() && result == null) {
      result = before(chain.get(ran++), context);
    }
    if (result == null) {
      result = work.get();
    }
    for (int i = ran - 1; i >= 0; i--) {
      after(chain.get(i), context, result.outcome());
    }
    return result;
  }

  /** Null: go on. */
  private Result before(EventMiddleware step, MiddlewareContext context) {
    try {
      Optional<String> stop = step.before(context);
      if (stop == null) {
        throw new IllegalStateException("it answered null");
      }
      return stop.map(reason -> new Result(Outcome.STOPPED, cut(reason))).orElse(null);
    } catch (Throwable e) {
      return new Result(Outcome.FAILED, cut(told(step, e)));
    }
  }

  private void after(EventMiddleware step, MiddlewareContext context, Outcome outcome) {
    try {
      step.after(context, outcome);
    } catch (Throwable e) {
      // What was written is written: that it failed is told to those who watch.
      told(step, e);
    }
  }

  /** Whatever it throws, a class that its jar lacks included, is no reason for all to stop. */
  private String told(EventMiddleware step, Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      // Not of its making, or not for it alone to bear.
      throw error;
    }
    failed.accept(step.name(), thrown);
    return step.name() + ": " + Thrown.text(thrown);
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX - 1) + '…';
  }
}
