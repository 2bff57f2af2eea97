// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.schemas.Event;
import io.twinlog.testkit.BadInput;
import io.twinlog.wire.Header;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.FastEvents;
import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.MiddlewareChain;
import io.twinlog.wire.middleware.MiddlewareContext;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** Whichever road an event takes through the router, the same record comes out, and few bytes. */
class RouterRoadsTest {
  private static final int EVENTS = 5_000;

  /** Of the heap, with the record that is written; the slow road takes 17,000. */
  private static final long BYTES_PER_EVENT_MAX = 1_500;

  private static final Catalogue CATALOGUE = Catalogue.installed(false);
  private static final DecoderLimits NOTHING = new DecoderLimits(1, 1, 1, 1);
  private static final DecoderLimits ALL = DecoderLimits.DEFAULT;

  /** A timestamp of 2026-01-01 is in time, one of November 2026 runs ahead, a ttl may be over. */
  private static final Router.Position POSITION =
      new Router.Position("id", new LogClock(1, 1_000, RouterRig.WALL + 60_000), 5);

  /** A router, and the record that it wrote last. */
  private static final class Road {
    private final Router router;
    private OutputRecord last;
    private long offset;

    Road(DecoderLimits fast, EventMiddleware... middleware) {
      this(fast, RuleSet.DEFAULT, middleware);
    }

    Road(DecoderLimits fast, RuleSet rules, EventMiddleware... middleware) {
      EventDecoders decoders =
          new EventDecoders(
              new FastEvents(CATALOGUE, fast),
              new EventDecoder(CATALOGUE, ALL),
              new EventDecoder(CATALOGUE, DecoderLimits.LARGEST));
      List<EventMiddleware> chain = new ArrayList<>(List.of(new Enrichment()));
      chain.addAll(List.of(middleware));
      Outputs outputs = new Outputs("router", RouterRig.TOPICS, record -> last = record);
      EventRoutes events =
          new EventRoutes(
              RuleBook.of(rules),
              strict -> decoders,
              new EventRoute.Steps(
                  new MiddlewareChain(chain, List.of(), (name, why) -> {}),
                  new Handlers(List.of()),
                  CATALOGUE.declaredCategories()),
              outputs);
      router =
          new Router(
              events,
              RouterSettings.of(new Configuration()),
              RouterRig.TOPICS,
              outputs,
              reason -> {});
    }

    OutputRecord route(byte[] value, List<Header> headers) {
      last = null;
      router.event(
          new SourceRecord("twinlog.ingress", 1, offset++, null, value, headers), POSITION);
      return last;
    }
  }

  /** Opens every event, and puts a copy in its place. */
  private static final class Opening implements EventMiddleware {
    @Override
    public Optional<String> before(MiddlewareContext context) {
      context.replace(Event.newBuilder(context.event()).build());
      return Optional.empty();
    }
  }

  private static void same(byte[] value, OutputRecord fast, OutputRecord slow) {
    boolean same =
        fast.topic().equals(slow.topic())
            && fast.partition() == slow.partition()
            && Arrays.equals(fast.key(), slow.key())
            && Arrays.equals(fast.value(), slow.value())
            && headers(fast).equals(headers(slow));
    if (!same) {
      throw new AssertionError(
          new String(value, UTF_8) + " becomes " + fast + " and " + slow + headers(slow));
    }
  }

  private static List<String> headers(OutputRecord record) {
    return record.headers().stream()
        .map(h -> h.key() + '=' + (h.value() == null ? "" : new String(h.value(), UTF_8)))
        .toList();
  }

  @Test
  void writesTheSameRecordOnEitherRoad() {
    Road fast = new Road(ALL);
    Road slow = new Road(NOTHING);
    EventDice dice = new EventDice(11);

    for (int i = 0; i < EVENTS; i++) {
      byte[] value = i % 2 == 0 ? dice.odd() : dice.ordinary().getBytes(UTF_8);
      same(value, fast.route(value, List.of()), slow.route(value, List.of()));
    }
  }

  /** One of them says nothing, and takes nothing back of what the other one says. */
  @Test
  void takesACloudEventForOneOnEitherRoadWhateverHeaderComesLast() {
    Road fast = new Road(ALL);
    Road slow = new Road(NOTHING);
    byte[] value = new EventDice(3).ordinary().getBytes(UTF_8);
    Header version = Header.of("ce_specversion", "1.0");
    Header none = new Header("ce_specversion", null);

    for (List<Header> headers : List.of(List.of(version, none), List.of(none, none))) {
      same(value, fast.route(value, headers), slow.route(value, headers));
    }
  }

  @Test
  void writesTheSameRecordOfTheWholeCorpus() {
    Road fast = new Road(ALL);
    Road slow = new Road(NOTHING);

    BadInput.events()
        .forEach(
            bad ->
                same(
                    bad.value() == null ? new byte[0] : bad.value(),
                    fast.route(bad.value(), bad.headers()),
                    slow.route(bad.value(), bad.headers())));
    BadInput.oddButGoodEvents()
        .forEach(
            odd ->
                same(
                    odd.value(),
                    fast.route(odd.value(), odd.headers()),
                    slow.route(odd.value(), odd.headers())));
  }

  @Test
  void writesTheSameRecordWhereMiddlewareOpensTheEvent() {
    Road opening = new Road(ALL, new Opening());
    Road slow = new Road(NOTHING, new Opening());
    Road plain = new Road(ALL);
    EventDice dice = new EventDice(12);

    for (int i = 0; i < EVENTS; i++) {
      byte[] value = dice.ordinary().getBytes(UTF_8);
      OutputRecord opened = opening.route(value, List.of());
      same(value, opened, slow.route(value, List.of()));
      same(value, opened, plain.route(value, List.of()));
    }
  }

  @Test
  void writesTheSameRecordWhereTheRulesRequireSomethingOfSomeTypes() {
    RuleSet rules = TestingRules.requiring("data.collected", "device.*");
    Road fast = new Road(ALL, rules);
    Road slow = new Road(NOTHING, rules);
    EventDice dice = new EventDice(14);

    for (int i = 0; i < EVENTS; i++) {
      byte[] value = i % 2 == 0 ? dice.odd() : dice.ordinary().getBytes(UTF_8);
      same(value, fast.route(value, List.of()), slow.route(value, List.of()));
    }
  }

  @Test
  void makesLittleGarbageOfAnOrdinaryEvent() {
    Road fast = new Road(ALL);
    EventDice dice = new EventDice(13);
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      events.add(dice.ordinary().replace("\"ttl\":60000", "\"ttl\":600000").getBytes(UTF_8));
    }
    // The first round fills what is remembered of types.
    events.forEach(value -> fast.route(value, List.of()));
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

    events.forEach(value -> fast.route(value, List.of()));

    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(bytes / events.size()).isLessThan(BYTES_PER_EVENT_MAX);
  }
}
