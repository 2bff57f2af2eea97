// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinlog.domain.Moment;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.wire.handler.HandlerException.Severity;
import io.twinlog.wire.handler.Handlers.Handled;
import io.twinlog.wire.ingress.Payloads;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HandlersTest {
  private static final Event EVENT =
      Event.newBuilder()
          .setId("e-1")
          .setEventType("acme.read")
          .setSource(new EventSource("gw", "d-1", "1"))
          .setTimestamp(Instant.EPOCH)
          .setData(new EventData(ByteBuffer.wrap(new byte[0]), "1", Encoding.BINARY))
          .setMetadata(EventMetadata.newBuilder().setSequence(7L).build())
          .build();

  private static EventContext context() {
    return new EventContext(EVENT, "d-1", new Moment(1, 2));
  }

  private static EventHandler handler(Function<EventContext, HandlerResult> work) {
    return new EventHandler() {
      @Override
      public Set<String> eventTypes() {
        return Set.of("acme.read");
      }

      @Override
      public HandlerResult handle(EventContext context) {
        return work.apply(context);
      }

      @Override
      public String name() {
        return "Reader";
      }
    };
  }

  private static Handled run(Function<EventContext, HandlerResult> work) {
    return Handlers.run(handler(work), context(), output -> Optional.empty());
  }

  @Test
  void findsTheHandlerOfAType() {
    EventHandler reader = handler(HandlerResult::unchanged);

    Handlers handlers = new Handlers(List.of(reader));

    assertThat(handlers.of("acme.read")).contains(reader);
    assertThat(handlers.of("acme.written")).isEmpty();
  }

  @Test
  void refusesTwoHandlersOfOneType() {
    EventHandler reader = handler(HandlerResult::unchanged);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handlers(List.of(reader, reader)))
        .withMessageContaining("acme.read has two handlers");
  }

  @Test
  void givesWhatAHandlerMade() {
    assertThat(run(HandlerResult::unchanged).outputs()).containsExactly(EVENT);
  }

  @Test
  void tellsTheSeverityOfAFailure() {
    Handled handled =
        run(
            context -> {
              throw new HandlerException(Severity.LOW, "not this one");
            });

    assertThat(handled.severity()).isEqualTo(Severity.LOW);
    assertThat(handled.why()).isEqualTo("Reader: not this one");
  }

  @Test
  void takesAnyOtherExceptionForMedium() {
    Handled handled =
        run(
            context -> {
              throw new IllegalStateException("x".repeat(1_000));
            });

    assertThat(handled.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(handled.why()).hasSize(512).startsWith("Reader: java.lang.IllegalStateException");
  }

  @Test
  void saysTheSameOfAFailureEachTime() {
    assertThat(
            run(context -> {
                  throw new IllegalStateException("of " + new Object());
                })
                .why())
        .isEqualTo("Reader: java.lang.IllegalStateException: of java.lang.Object");
    assertThat(
            run(context -> {
                  throw new HandlerException(Severity.LOW, "of " + new Object());
                })
                .why())
        .isEqualTo("Reader: of java.lang.Object");
    assertThat(run(context -> null).why()).isEqualTo("Reader: it answered null");
  }

  @Test
  void survivesAnExceptionThatThrowsWhereItIsAskedForWords() {
    RuntimeException hostile =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no words");
          }
        };

    Handled handled =
        run(
            context -> {
              throw hostile;
            });

    assertThat(handled.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(handled.why()).isEqualTo("Reader: " + hostile.getClass().getName());
  }

  @Test
  void takesAnUnsoundOutputForMedium() {
    Handled handled =
        Handlers.run(
            handler(HandlerResult::unchanged), context(), output -> Optional.of("no such type"));

    assertThat(handled.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(handled.why()).contains("no such type");
    assertThat(handled.outputs()).isEmpty();
  }

  @Test
  void derivesTheSameIdsEachTimeAndKeepsTheFlow() {
    EventContext context = context();
    Event first = context.derive("acme.first").build();
    Event second = context.derive("acme.second").build();

    assertThat(first.getId()).isEqualTo(context().derive("acme.first").build().getId());
    assertThat(first.getId()).isNotEqualTo(second.getId()).hasSizeLessThanOrEqualTo(64);
    assertThat(second.getMetadata().getCorrelationId()).isEqualTo("e-1");
    assertThat(second.getMetadata().getCausationId()).isEqualTo("e-1");
    assertThat(first.getMetadata().getSequence()).isEqualTo(7);
    assertThat(second.getMetadata().getSequence()).isNull();
  }

  /** As a handler does that reads the payload and forgets that this uses it up. */
  private static void spoil(Event event) {
    ByteBuffer payload = event.getData().getPayload();
    payload.position(payload.limit());
    event.setEventType("acme.spoilt");
    event.getMetadata().setSequence(99L);
  }

  @Test
  void passesTheEventOnAsItWasReadWhateverTheHandlerDidToIt() {
    Event given = Event.newBuilder(EVENT).build();
    given.getData().setPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    Event before = Event.newBuilder(given).build();
    EventContext context = new EventContext(given, "d-1", new Moment(1, 2));

    Handled handled =
        Handlers.run(
            handler(
                seen -> {
                  spoil(seen.event());
                  return HandlerResult.unchanged(seen);
                }),
            context,
            output -> Optional.empty());

    assertThat(handled.outputs()).containsExactly(before);
    assertThat(given).isEqualTo(before);
    assertThat(given.getData().getPayload().remaining()).isEqualTo(3);
    Event derived = context.derive("acme.first").build();
    assertThat(derived.getData().getPayload().remaining()).isEqualTo(3);
    assertThat(derived.getMetadata().getSequence()).isEqualTo(7);
  }

  @Test
  void takesAnErrorForMediumAsItIsNoReasonForAllOthersToStandStill() {
    Handled handled =
        run(
            context -> {
              throw new NoClassDefFoundError("com/example/Missing");
            });

    assertThat(handled.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(handled.why()).contains("com/example/Missing");
    assertThat(run(HandlersTest::deeper).severity()).isEqualTo(Severity.MEDIUM);
  }

  private static HandlerResult deeper(EventContext context) {
    return HandlerResult.of(deeper(context).outputs().toArray(Event[]::new));
  }

  @Test
  void passesAnErrorOfTheMachineOn() {
    assertThatThrownBy(
            () ->
                run(
                    context -> {
                      throw new OutOfMemoryError("no more");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void takesAFailureWithoutASeverityForMedium() {
    Handled handled =
        run(
            context -> {
              throw new HandlerException(null, "x");
            });

    assertThat(handled.severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void showsThePayloadAsATreeAndDerivesAnEventWithAnother() {
    JsonNode payload = JsonNodeFactory.instance.objectNode().put("celsius", 80).put("at", "top");
    Event given = Event.newBuilder(EVENT).setData(Payloads.json(payload, "7")).build();
    EventContext context = new EventContext(given, "d-1", new Moment(1, 2));

    assertThat(context.payload()).isEqualTo(payload);
    EventData derived = context.derive("data.collected", payload).getData();
    assertThat(derived.getSchemaVersion()).isEqualTo("1");
    assertThat(derived.getEncoding()).isEqualTo(Encoding.JSON);
    assertThat(StandardCharsets.UTF_8.decode(derived.getPayload()).toString())
        .isEqualTo("{\"celsius\":80,\"at\":\"top\"}");
  }

  @Test
  void takesBytesThatAreNoTreeForAFailureThatNothingWaitsFor() {
    Handled handled =
        Handlers.run(
            handler(context -> HandlerResult.of(context.derive("x.y", context.payload()))),
            context(),
            output -> Optional.empty());

    assertThat(handled.severity()).isEqualTo(Severity.LOW);
    assertThat(handled.why()).contains("BINARY");
  }
}
