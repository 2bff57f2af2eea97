// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.twinlog.domain.Moment;
import io.twinlog.domain.routing.Category;
import io.twinlog.router.EventMiddleware.Outcome;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.SingleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MiddlewareChainTest {
  private final List<String> calls = new ArrayList<>();

  /** Writes down what it is asked. */
  private final class TestingMiddleware implements EventMiddleware {
    private final String name;
    private final Supplier<Optional<String>> answer;

    TestingMiddleware(String name, Supplier<Optional<String>> answer) {
      this.name = name;
      this.answer = answer;
    }

    @Override
    public Optional<String> before(MiddlewareContext context) {
      calls.add("before " + name);
      return answer.get();
    }

    @Override
    public void after(MiddlewareContext context, Outcome outcome) {
      calls.add("after " + name + " " + outcome);
    }
  }

  private TestingMiddleware passing(String name) {
    return new TestingMiddleware(name, Optional::empty);
  }

  private static MiddlewareContext context() {
    return context(IngressExamples.avroEvent());
  }

  private static MiddlewareContext context(Event event) {
    SingleObject singleObject = new SingleObject();
    return new MiddlewareContext(
        new OpenedEvent(event, singleObject),
        Category.DOMAIN,
        new Moment(1_000, 2_000),
        singleObject);
  }

  private MiddlewareChain.Result run(EventMiddleware... chain) {
    return new MiddlewareChain(List.of(chain))
        .run(
            context(),
            context -> {
              calls.add("work");
              return MiddlewareChain.Result.ROUTED;
            });
  }

  @Test
  void runsInOrderAroundTheWorkAndBackInReverse() {
    MiddlewareChain.Result result = run(passing("a"), passing("b"));

    assertThat(result).isEqualTo(new MiddlewareChain.Result(Outcome.ROUTED, ""));
    assertThat(calls)
        .containsExactly("before a", "before b", "work", "after b ROUTED", "after a ROUTED");
  }

  @Test
  void doesTheWorkWhereThereIsNoMiddleware() {
    assertThat(run().outcome()).isEqualTo(Outcome.ROUTED);
    assertThat(calls).containsExactly("work");
  }

  @Test
  void stopsWithTheReasonAndTellsThoseThatRan() {
    MiddlewareChain.Result result =
        run(
            passing("a"),
            new TestingMiddleware("b", () -> Optional.of("not on Sundays")),
            passing("c"));

    assertThat(result).isEqualTo(new MiddlewareChain.Result(Outcome.STOPPED, "not on Sundays"));
    assertThat(calls).containsExactly("before a", "before b", "after b STOPPED", "after a STOPPED");
  }

  @Test
  void failsTheEventAndNotTheJobWhereOneThrows() {
    MiddlewareChain.Result result =
        run(
            passing("a"),
            new TestingMiddleware(
                "b",
                () -> {
                  throw new IllegalStateException("broken");
                }));

    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.why()).contains("TestingMiddleware", "broken");
    assertThat(calls).containsExactly("before a", "before b", "after b FAILED", "after a FAILED");
  }

  @Test
  void letsAFailureOfTheWorkThrough() {
    MiddlewareChain chain = new MiddlewareChain(List.of(passing("a")));

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                chain.run(
                    context(),
                    context -> {
                      throw new IllegalStateException("ours");
                    }));
  }

  @Test
  void tellsOfTheOutcomeOfTheWork() {
    MiddlewareChain.Result result =
        new MiddlewareChain(List.of(passing("a")))
            .run(context(), c -> new MiddlewareChain.Result(Outcome.NO_HANDLER, ""));

    assertThat(result.outcome()).isEqualTo(Outcome.NO_HANDLER);
    assertThat(calls).containsExactly("before a", "after a NO_HANDLER");
  }

  @Test
  void enrichmentMakesAnEventTheRootOfItsOwnFlow() {
    MiddlewareContext context = context();
    Event before = context.event();

    assertThat(new Enrichment().before(context)).isEmpty();

    Event after = context.event();
    assertThat(after.getMetadata().getCorrelationId()).isEqualTo("e-1");
    assertThat(after.getMetadata().getCausationId()).isNull();
    assertThat(after.getData()).isEqualTo(before.getData());
    assertThat(EventMetadata.newBuilder(after.getMetadata()).clearCorrelationId().build())
        .isEqualTo(before.getMetadata());
  }

  @Test
  void enrichmentLeavesAFlowThatIsThere() {
    Event event = IngressExamples.avroEvent();
    event.getMetadata().setCorrelationId("root");
    MiddlewareContext context = context(event);

    new Enrichment().before(context);

    assertThat(context.event()).isSameAs(event);
  }

  @Test
  void middlewareMayNotChangeWhatRoutingRestsOn() {
    MiddlewareContext context = context();
    Event other =
        Event.newBuilder(context.event()).setSource(new EventSource("x", "y", "0")).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.replace(other))
        .withMessageContaining("e-1");
  }
}
