// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import static io.twinlog.extension.Given.event;
import static io.twinlog.extension.Given.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinlog.domain.routing.Category;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerException;
import io.twinlog.wire.handler.HandlerException.Severity;
import io.twinlog.wire.handler.HandlerResult;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each assertion holds where it should, and where not says what there was. */
class GivenEventTest {
  private static final EventExample SETPOINT =
      event("factory.setpoint").from("gw", "press-1").payload("{\"celsius\":80}");

  /** Makes of a set point what it is told to. */
  private record TestingHandler(Function<EventContext, HandlerResult> work)
      implements EventHandler {
    @Override
    public Set<String> eventTypes() {
      return Set.of("factory.setpoint");
    }

    @Override
    public HandlerResult handle(EventContext context) {
      return work.apply(context);
    }
  }

  private static Handling handled(Function<EventContext, HandlerResult> work) {
    return given(SETPOINT).when(new TestingHandler(work));
  }

  /** What the device has at its set point, as its configuration. */
  private static HandlerResult configuration(EventContext context) {
    return HandlerResult.of(
        context.derive(
            "device.configuration_reported",
            JsonNodeFactory.instance
                .objectNode()
                .set(
                    "configuration",
                    JsonNodeFactory.instance
                        .objectNode()
                        .set("celsius", context.payload().get("celsius")))));
  }

  private static void refuses(ThrowingCallable assertion, String... told) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(told);
  }

  @Test
  void comparesWhatAHandlerEmits() {
    handled(GivenEventTest::configuration)
        .thenEmits(
            event("device.configuration_reported")
                .payload("{\"configuration\":{\"celsius\":80.0}}")
                .from("gw", "press-1")
                .at(Instant.parse("2026-01-01T00:00:00Z"))
                .causation("e-1"));
  }

  @Test
  void namesEachDifferenceOfWhatAHandlerEmits() {
    Handling handling = handled(GivenEventTest::configuration);

    refuses(
        () ->
            handling.thenEmits(
                event("device.heartbeat").payload("{\"x\":1}"), event("device.online")),
        "event 1: event_type: expected \"device.heartbeat\", was \"device.configuration_reported\"",
        "event 1: data.payload: expected {\"x\":1}, was {\"configuration\":{\"celsius\":80}}",
        "event 2: expected {event_type=\"device.online\"}, there is none");
    refuses(handling::thenIsDiscarded, "event 1: not expected: {\"id\":\"h-");
    refuses(handling::thenGoesOnUnchanged, "expected the event itself", "configuration_reported");
    refuses(() -> handling.thenFails(Severity.LOW, ""), "a failure with LOW, was none");
  }

  @Test
  void knowsAnEventThatGoesOnAndOneThatDoesNot() {
    handled(HandlerResult::unchanged).thenGoesOnUnchanged();
    handled(context -> HandlerResult.of()).thenIsDiscarded();
  }

  @Test
  void tellsAFailureByItsSeverity() {
    Handling failed =
        handled(
            context -> {
              throw new HandlerException(Severity.LOW, "not this one");
            });

    failed.thenFails(Severity.LOW, "not this one");
    refuses(() -> failed.thenFails(Severity.HIGH, ""), "with HIGH, was LOW, TestingHandler: not");
    refuses(() -> failed.thenFails(Severity.LOW, "that one"), "\"that one\", was \"TestingHandler");
    refuses(failed::thenIsDiscarded, "it failed with LOW: TestingHandler: not this one");
  }

  @Test
  void judgesOutputsAsTheRouterDoes() {
    handled(context -> HandlerResult.of(context.derive("device.nonsense").build()))
        .thenFails(Severity.MEDIUM, "unknown_event_type");
    handled(
            context ->
                HandlerResult.of(
                    context.derive(
                        "device.online",
                        JsonNodeFactory.instance.objectNode().put("device_id", "press-2"))))
        .thenFails(Severity.MEDIUM, "device.online is not of press-1 in events.domain");
  }

  @Test
  void catchesAHandlerThatRemembers() {
    int[] calls = {0};

    refuses(
        () ->
            handled(
                context ->
                    HandlerResult.of(
                        context.derive("device.heartbeat").setId("h-" + calls[0]++).build())),
        "makes two things of the same event");
  }

  @Test
  void wantsAnEventThatTheRouterTakesAndTheHandlerNames() {
    TestingHandler handler = new TestingHandler(HandlerResult::unchanged);

    refuses(
        () -> given(event("factory.setpoint")).when(handler),
        "the router would not take the event",
        "data.payload.celsius: missing_field");
    refuses(
        () -> given(event("factory.other")).when(handler),
        "TestingHandler does not handle factory.other; it handles [factory.setpoint]");
  }

  @Test
  void checksEventsByTheTypesOnTheClassPath() {
    given(SETPOINT).whenReceived().thenAccepted().thenIsOf(Category.DOMAIN);
    Reception bad = given(event("factory.setpoint")).whenReceived();

    bad.thenRejected("data.payload.celsius", "missing_field");
    refuses(bad::thenAccepted, "data.payload.celsius: missing_field: is required");
    refuses(() -> bad.thenRejected("data.payload.x", "wrong_type"), "expected wrong_type at");
    refuses(() -> bad.thenIsOf(Category.USER), "expected USER, was DOMAIN");
  }
}
