// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import static io.twinlog.extension.Given.event;
import static io.twinlog.extension.Given.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.MiddlewareContext;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PassageTest {
  private static final EventExample SETPOINT =
      event("factory.setpoint").payload("{\"celsius\":80}");

  private record TestingMiddleware(
      String name, int order, Function<MiddlewareContext, Optional<String>> work)
      implements EventMiddleware {
    @Override
    public Optional<String> before(MiddlewareContext context) {
      return work.apply(context);
    }
  }

  private static TestingMiddleware middleware(Function<MiddlewareContext, Optional<String>> work) {
    return new TestingMiddleware("own", 0, work);
  }

  private static Optional<String> sign(MiddlewareContext context, String user) {
    Event event = context.event();
    EventMetadata metadata = EventMetadata.newBuilder(event.getMetadata()).setUserId(user).build();
    context.replace(Event.newBuilder(event).setMetadata(metadata).build());
    return Optional.empty();
  }

  @Test
  void tellsHowAnEventPasses() {
    given(SETPOINT).when(middleware(c -> Optional.empty())).thenPassesUnchanged();
    given(SETPOINT)
        .when(middleware(c -> sign(c, "ann")))
        .thenPassesAs(SETPOINT.user("ann").correlation("e-1"));
    given(SETPOINT).when(middleware(c -> Optional.of("too hot"))).thenIsStopped("too hot");
    given(SETPOINT).when(middleware(c -> sign(c, ""))).thenFails("metadata.user_id");
  }

  @Test
  void putsThemInTheOrderOfTheRouter() {
    given(SETPOINT)
        .when(
            new TestingMiddleware("late", 1, c -> sign(c, "late")),
            new TestingMiddleware("early", 0, c -> sign(c, "early")))
        .thenPassesAs(SETPOINT.user("late"));
  }

  @Test
  void saysWhatThereWasWhereAnotherWasExpected() {
    Passage stopped = given(SETPOINT).when(middleware(c -> Optional.of("too hot")));
    Passage signed = given(SETPOINT).when(middleware(c -> sign(c, "ann")));

    assertThatThrownBy(stopped::thenPassesUnchanged)
        .hasMessage("expected to pass, was STOPPED: too hot");
    assertThatThrownBy(() -> stopped.thenIsStopped("too cold"))
        .hasMessage("expected to be stopped with \"too cold\", was STOPPED too hot");
    assertThatThrownBy(() -> signed.thenPassesAs(SETPOINT.user("bob")))
        .hasMessageContaining("metadata.user_id: expected \"bob\", was \"ann\"");
    assertThatThrownBy(signed::thenPassesUnchanged).hasMessageStartingWith("expected no change");
    assertThatThrownBy(() -> signed.thenFails("")).hasMessage("expected a failure, was ROUTED");
  }

  @Test
  void letsNoFailureAfterTheEventPass() {
    EventMiddleware late =
        new EventMiddleware() {
          @Override
          public Optional<String> before(MiddlewareContext context) {
            return Optional.empty();
          }

          @Override
          public void after(MiddlewareContext context, Outcome outcome) {
            throw new IllegalStateException("too late");
          }

          @Override
          public String name() {
            return "late";
          }
        };

    assertThatThrownBy(() -> given(SETPOINT).when(late))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("threw after the event", "late", "too late");
  }
}
