// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.schemas.Event;
import io.twinlog.wire.middleware.EventMiddleware.Outcome;
import io.twinlog.wire.middleware.MiddlewareChain.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MiddlewareChainTest {
  private final List<String> calls = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** Writes down what it is asked. */
  private final class TestingMiddleware implements EventMiddleware {
    private final String name;
    private final int order;
    private final Supplier<Optional<String>> answer;
    private Runnable atTheEnd = () -> {};

    TestingMiddleware(String name, int order, Supplier<Optional<String>> answer) {
      this.name = name;
      this.order = order;
      this.answer = answer;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int order() {
      return order;
    }

    @Override
    public Optional<String> before(MiddlewareContext context) {
      calls.add("before " + name);
      return answer.get();
    }

    @Override
    public void after(MiddlewareContext context, Outcome outcome) {
      calls.add("after " + name + " " + outcome);
      atTheEnd.run();
    }
  }

  /** An event that no step of these tests looks at. */
  private record TestingContext(String eventType) implements MiddlewareContext {
    @Override
    public Category category() {
      return Category.DOMAIN;
    }

    @Override
    public Moment now() {
      return new Moment(1_000, 2_000);
    }

    @Override
    public Event event() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replace(Event enriched) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void makeRoot() {
      throw new UnsupportedOperationException();
    }
  }

  private TestingMiddleware passing(String name, int order) {
    return new TestingMiddleware(name, order, Optional::empty);
  }

  private TestingMiddleware throwing(String name, Throwable what) {
    return new TestingMiddleware(name, 0, () -> sneaked(what));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Optional<String> sneaked(Throwable what) throws T {
    throw (T) what;
  }

  private MiddlewareChain chain(EventMiddleware... own) {
    return new MiddlewareChain(
        List.of(), List.of(own), (name, why) -> failures.add(name + ": " + why.getMessage()));
  }

  private Result run(EventMiddleware... own) {
    return chain(own)
        .run(
            new TestingContext("factory.setpoint"),
            () -> {
              calls.add("work");
              return Result.ROUTED;
            });
  }

  @Test
  void runsByOrderThenByNameAndBackInReverse() {
    Result result = run(passing("c", 1), passing("b", 0), passing("d", -5), passing("a", 1));

    assertThat(result).isEqualTo(new Result(Outcome.ROUTED, ""));
    assertThat(calls)
        .containsExactly(
            "before d",
            "before b",
            "before a",
            "before c",
            "work",
            "after c ROUTED",
            "after a ROUTED",
            "after b ROUTED",
            "after d ROUTED");
  }

  @Test
  void putsTheShippedOnesFirstWhateverOrderTheOthersWant() {
    new MiddlewareChain(
            List.of(passing("shipped", 7)), List.of(passing("own", -7)), (name, why) -> {})
        .run(new TestingContext("factory.setpoint"), () -> Result.ROUTED);

    assertThat(calls)
        .containsExactly(
            "before shipped", "before own", "after own ROUTED", "after shipped ROUTED");
  }

  @Test
  void doesTheWorkWhereThereIsNoMiddleware() {
    assertThat(run().outcome()).isEqualTo(Outcome.ROUTED);
    assertThat(calls).containsExactly("work");
  }

  @Test
  void stopsWithTheReasonAndTellsThoseThatRan() {
    Result result =
        run(
            passing("a", 0),
            new TestingMiddleware("b", 0, () -> Optional.of("not on Sundays")),
            passing("c", 0));

    assertThat(result).isEqualTo(new Result(Outcome.STOPPED, "not on Sundays"));
    assertThat(calls).containsExactly("before a", "before b", "after b STOPPED", "after a STOPPED");
    assertThat(failures).isEmpty();
  }

  @Test
  void failsTheEventAndNotTheJobWhereOneThrows() {
    Result result = run(passing("a", 0), throwing("b", new IllegalStateException("broken")));

    assertThat(result)
        .isEqualTo(new Result(Outcome.FAILED, "b: java.lang.IllegalStateException: broken"));
    assertThat(calls).containsExactly("before a", "before b", "after b FAILED", "after a FAILED");
    assertThat(failures).containsExactly("b: broken");
  }

  @Test
  void failsTheEventForAClassThatItsJarLacksAndForEndlessRecursion() {
    assertThat(run(throwing("a", new NoClassDefFoundError("Table"))).why())
        .isEqualTo("a: java.lang.NoClassDefFoundError: Table");
    assertThat(run(throwing("a", new StackOverflowError())).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(run(new TestingMiddleware("a", 0, () -> null)).why()).contains("it answered null");
  }

  @Test
  void saysTheSameOfAFailureEachTime() {
    assertThat(run(throwing("a", new IllegalStateException("of " + new Object()))).why())
        .isEqualTo("a: java.lang.IllegalStateException: of java.lang.Object");
    assertThat(run(throwing("a", new NullPointerException("because"))).why())
        .isEqualTo("a: java.lang.NullPointerException");
  }

  @Test
  void letsTheMachineRunOutOfMemory() {
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> run(throwing("a", new OutOfMemoryError())));
  }

  @Test
  void leavesAnEventAsItEndedWhereOneThrowsAfterwards() {
    TestingMiddleware late = passing("late", 1);
    late.atTheEnd =
        () -> {
          throw new IllegalStateException("too late");
        };

    Result result = run(passing("a", 0), late);

    assertThat(result.outcome()).isEqualTo(Outcome.ROUTED);
    assertThat(calls).endsWith("work", "after late ROUTED", "after a ROUTED");
    assertThat(failures).containsExactly("late: too late");
  }

  @Test
  void letsAFailureOfTheWorkThrough() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                chain(passing("a", 0))
                    .run(
                        new TestingContext("factory.setpoint"),
                        () -> {
                          throw new IllegalStateException("ours");
                        }));
  }

  @Test
  void tellsOfTheOutcomeOfTheWork() {
    Result result =
        chain(passing("a", 0))
            .run(new TestingContext("x.y"), () -> new Result(Outcome.NO_HANDLER, ""));

    assertThat(result.outcome()).isEqualTo(Outcome.NO_HANDLER);
    assertThat(calls).containsExactly("before a", "after a NO_HANDLER");
  }

  @Test
  void refusesTwoOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain(passing("a", 0), passing("a", 1)))
        .withMessageContainingAll("two middleware have the name a", "TestingMiddleware");
  }
}
