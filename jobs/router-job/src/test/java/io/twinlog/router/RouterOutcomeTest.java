// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.flink.Outcome;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.wire.Header;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.middleware.MiddlewareChain;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger is told of each record: its own outcome, whatever came before it. */
class RouterOutcomeTest {
  private static final Router.Position POSITION =
      new Router.Position("id", new LogClock(1, 1_000, RouterRig.WALL), 5);

  private static final String EVENT =
      "{\"id\":\"e-%d\",\"event_type\":\"data.collected\",\"source\":{\"service_id\":\"gw\","
          + "\"component_id\":\"d-1\"},\"timestamp\":\"2026-01-01T00:00:00Z\","
          + "\"data\":{\"payload\":{\"device_id\":\"d-1\",\"data\":{\"do\":\"%s\"}}}}";

  private static final String COMMAND =
      "{\"id\":\"c-1\",\"command\":\"RegisterDevice\",\"aggregate_id\":\"d-1\",\"data\":{\"model\":\"m\"}}";

  private Router router;
  private long offset;

  @BeforeEach
  void open() {
    RouterSettings settings = RouterSettings.of(new Configuration());
    Outputs outputs = new Outputs("router", RouterRig.TOPICS, record -> {});
    EventRoutes events =
        new EventRoutes(
            RuleBook.of(settings.base()),
            strict -> EventDecoders.of(strict, settings.limits()),
            new EventRoute.Steps(
                new MiddlewareChain(List.of(), List.of(), (name, why) -> {}),
                new Handlers(List.of(new TestingHandler())),
                new TreeMap<>()),
            outputs);
    router = new Router(events, settings, RouterRig.TOPICS, outputs, reason -> {});
  }

  private SourceRecord record(String topic, String value) {
    return new SourceRecord(
        topic, 1, offset++, "d-1".getBytes(UTF_8), value.getBytes(UTF_8), List.of());
  }

  private Optional<Outcome> event(String what) {
    return router.event(record("twinlog.ingress", EVENT.formatted(offset, what)), POSITION);
  }

  @Test
  void isAppliedWhereSomethingIsWritten() {
    assertThat(event("nothing")).contains(Outcome.APPLIED);
  }

  @Test
  void isDiscardedWhereAHandlerWantsNothingOfIt() {
    assertThat(event("discard")).contains(Outcome.DISCARDED);
  }

  @Test
  void ofADiscardedEventHidesNothingOfTheNext() {
    event("discard");
    assertThat(router.event(record("twinlog.ingress", "{"), POSITION))
        .contains(Outcome.DEAD_LETTERED);

    event("discard");
    assertThat(router.command(record("twinlog.commands", COMMAND), POSITION))
        .contains(Outcome.APPLIED);

    event("discard");
    assertThat(event("nothing")).contains(Outcome.APPLIED);
  }

  @Test
  void isDeadLetteredWhereARedriveCannotBeRead() {
    SourceRecord redrive =
        new SourceRecord(
            "twinlog.commands",
            1,
            offset++,
            null,
            EVENT.getBytes(UTF_8),
            List.of(Header.of("tl-command", "{")));

    assertThat(router.command(redrive, POSITION)).contains(Outcome.DEAD_LETTERED);
  }
}
