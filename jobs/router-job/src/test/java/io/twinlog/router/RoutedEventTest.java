// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinlog.domain.Moment;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.middleware.Replacements;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What middleware can do to an event, and what it cannot. */
class RoutedEventTest {
  private static final EventDecoder DECODER =
      new EventDecoder(Catalogue.installed(false), DecoderLimits.LARGEST);

  private static RoutedEvent routed() {
    return routed(IngressExamples.avroEvent());
  }

  private static RoutedEvent routed(Event event) {
    return routed(event, RuleSet.DEFAULT);
  }

  private static RoutedEvent routed(Event event, RuleSet rules) {
    SingleObject singleObject = new SingleObject();
    return new RoutedEvent(
        new OpenedEvent(event, singleObject),
        new Routes(rules, new Handlers(List.of())).of(event.getEventType()),
        new Moment(1_000, 2_000),
        new RoutedEvent.Checks(new Replacements(DECODER), singleObject));
  }

  private static Event withPayload(Event event, String payload) {
    EventData data =
        EventData.newBuilder(event.getData())
            .setPayload(ByteBuffer.wrap(payload.getBytes(UTF_8)))
            .build();
    return Event.newBuilder(event).setData(data).build();
  }

  @Test
  void enrichmentMakesAnEventTheRootOfItsOwnFlow() {
    RoutedEvent context = routed();
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
    RoutedEvent context = routed(event);

    new Enrichment().before(context);

    assertThat(context.event()).isEqualTo(event);
  }

  @Test
  void middlewareMayChangeThePayload() {
    RoutedEvent context = routed();
    Event richer =
        withPayload(context.event(), "{\"device_id\":\"d-1\",\"data\":{\"temperature\":294.65}}");

    context.replace(richer);

    assertThat(context.routable().event()).isEqualTo(richer);
  }

  @Test
  void whatMiddlewareDoesToTheEventThatItSeesStaysWithIt() {
    RoutedEvent context = routed();
    context.event().setId("another");
    Event richer = Event.newBuilder(IngressExamples.avroEvent()).build();
    context.replace(richer);
    richer.setId("another");

    assertThat(context.routable().event()).isEqualTo(IngressExamples.avroEvent());
  }

  @Test
  void whatOneMiddlewareDoesToTheEventThatItSeesNoOtherSees() {
    RoutedEvent context = routed();
    context.event().setId("another");
    context.event().getData().getPayload().get();

    assertThat(context.event()).isEqualTo(IngressExamples.avroEvent());
  }

  @Test
  void middlewareMayNotChangeWhatRoutingRestsOn() {
    RoutedEvent context = routed();
    Event other =
        Event.newBuilder(context.event()).setSource(new EventSource("x", "y", "0")).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.replace(other))
        .withMessage("middleware may not change id, event_type or source of e-1");
  }

  @Test
  void middlewareMayNotGiveAnEventToAnotherDevice() {
    RoutedEvent context = routed();
    Event other = withPayload(context.event(), "{\"device_id\":\"d-2\",\"data\":{\"t\":1}}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.replace(other))
        .withMessage("middleware may not change the key of e-1: d-2 is not d-1");
  }

  @Test
  void middlewareMayNotMakeWhatTheRulesDoNotTake() {
    RoutedEvent context =
        routed(IngressExamples.avroEvent(), TestingRules.requiring("data.collected"));
    Event hot =
        withPayload(context.event(), "{\"device_id\":\"d-1\",\"data\":{\"temperature\":30}}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.replace(hot))
        .withMessageContainingAll("e-1", "not sound", "too hot");
    assertThat(context.routable().event()).isEqualTo(IngressExamples.avroEvent());
  }

  @Test
  void middlewareMayNotMakeWhatTheRouterWouldNotTake() {
    RoutedEvent context = routed();
    Event unsound = withPayload(context.event(), "{\"device_id\":\"d-1\"}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.replace(unsound))
        .withMessageContainingAll("e-1", "not sound", "data.payload.data");
    assertThat(context.routable().event()).isEqualTo(IngressExamples.avroEvent());
  }
}
