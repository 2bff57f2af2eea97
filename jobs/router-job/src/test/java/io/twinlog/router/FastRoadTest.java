// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Event;
import io.twinlog.testkit.BadInput;
import io.twinlog.testkit.BadInput.Bad;
import io.twinlog.testkit.BadInput.Odd;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.Header;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.DeviceIds;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.ingress.FastEvents;
import io.twinlog.wire.ingress.ServiceIds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the fast road answers, the slow one answers too, and the same. */
class FastRoadTest {
  private static final int ODD_EVENTS = 200_000;
  private static final int GARBLED_EVENTS = 60_000;
  private static final DecoderLimits TIGHT = new DecoderLimits(600, 4, 60, 14);

  private final Road road = new Road(DecoderLimits.DEFAULT, false);

  /** Both roads under the same settings. */
  private static final class Road {
    private final FastEvents fast;
    private final EventDecoder slow;
    private final SingleObject singleObject = new SingleObject();

    Road(DecoderLimits limits, boolean strict) {
      Catalogue catalogue = Catalogue.installed(strict);
      this.fast = new FastEvents(catalogue, limits);
      this.slow = new EventDecoder(catalogue, limits);
    }

    /** Whether the fast road answers; if it does, both have said the same. */
    boolean answers(byte[] value, byte[] contentType) {
      if (!fast.read(value, contentType)) {
        return false;
      }
      Decoded<Event> decoded =
          slow.decode(value, contentType == null ? null : new String(contentType, UTF_8));
      if (!(decoded instanceof Decoded.Valid<Event> valid)) {
        throw new AssertionError(text(value) + " is wrong: " + decoded);
      }
      compare(value, valid.value());
      return true;
    }

    private void compare(byte[] value, Event event) {
      same(value, "type", fast.eventType().getBytes(UTF_8), event.getEventType());
      same(value, "id", fast.id(), event.getId());
      same(value, "device", fast.deviceId(), DeviceIds.of(event));
      same(value, "service", fast.serviceId(), ServiceIds.of(event));
      String user = event.getMetadata().getUserId();
      same(value, "user", fast.userOrId(), user == null ? event.getId() : user);
      String traceparent = event.getMetadata().getTraceparent();
      same(
          value,
          "traceparent",
          fast.hasTraceparent() ? fast.traceparent() : new byte[0],
          traceparent == null ? "" : traceparent);
      Long ttl = event.getMetadata().getTtl();
      assertThat(fast.ttl()).isEqualTo(ttl == null ? FastEvents.NONE : ttl);
      assertThat(fast.timestamp()).isEqualTo(event.getTimestamp().toEpochMilli());
      same(value, "bytes", fast.toAvro(false), singleObject.encode(event));
      if (event.getMetadata().getCorrelationId() == null) {
        event.getMetadata().setCorrelationId(event.getId());
      }
      same(value, "rooted bytes", fast.toAvro(true), singleObject.encode(event));
    }

    private static void same(byte[] value, String what, byte[] fast, String slow) {
      same(value, what, fast, slow.getBytes(UTF_8));
    }

    private static void same(byte[] value, String what, byte[] fast, byte[] slow) {
      if (!Arrays.equals(fast, slow)) {
        throw new AssertionError(
            what + " of " + text(value) + " is " + text(fast) + " instead of " + text(slow));
      }
    }

    private static String text(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }

  static List<Bad> badEvents() {
    return BadInput.events();
  }

  static List<Odd> oddEvents() {
    return BadInput.oddButGoodEvents();
  }

  private static byte[] contentType(List<Header> headers) {
    return Header.text(headers, "content-type").map(text -> text.getBytes(UTF_8)).orElse(null);
  }

  @Test
  void answersTheExampleOfTheInterface() {
    assertThat(road.answers(IngressExamples.EVENT.getBytes(UTF_8), null)).isTrue();
    assertThat(
            road.answers(IngressExamples.EVENT.getBytes(UTF_8), "application/json".getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void answersEveryOrdinaryEvent() {
    EventDice dice = new EventDice(1);

    for (int i = 0; i < 10_000; i++) {
      String event = dice.ordinary();
      assertThat(road.answers(event.getBytes(UTF_8), null)).as(event).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("badEvents")
  void leavesABadEventToTheSlowRoad(Bad bad) {
    assertThat(road.fast.read(bad.value(), contentType(bad.headers()))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("oddEvents")
  void saysOfAnOddEventTheSameOrNothing(Odd odd) {
    road.answers(odd.value(), contentType(odd.headers()));
  }

  @Test
  void leavesTheOtherFormatAndOtherContentTypesToTheSlowRoad() {
    byte[] json = IngressExamples.EVENT.getBytes(UTF_8);

    assertThat(road.fast.read(null, null)).isFalse();
    assertThat(road.fast.read(new byte[0], null)).isFalse();
    assertThat(road.fast.read(IngressExamples.bytes(IngressExamples.avroEvent()), null)).isFalse();
    assertThat(road.fast.read(json, "application/avro".getBytes(UTF_8))).isFalse();
    assertThat(road.fast.read(json, "application/json; charset=latin1".getBytes(UTF_8))).isFalse();
  }

  @Test
  void saysTheSameOfEventsWithSomethingOddAboutThem() {
    EventDice dice = new EventDice(20_261_126);
    int answered = 0;

    for (int i = 0; i < ODD_EVENTS; i++) {
      answered += road.answers(dice.odd(), null) ? 1 : 0;
    }

    // A dice that only breaks things, or a road that gives all up, would prove nothing.
    assertThat(answered).isGreaterThan(ODD_EVENTS / 10);
  }

  @Test
  void saysTheSameUnderEveryLimitAndWithAStrictCatalogue() {
    Road tight = new Road(TIGHT, true);
    EventDice dice = new EventDice(7);
    int answered = 0;

    for (int i = 0; i < ODD_EVENTS / 3; i++) {
      answered += tight.answers(dice.odd(), null) ? 1 : 0;
    }

    assertThat(answered).isGreaterThan(ODD_EVENTS / 60);
  }

  @Test
  void saysTheSameAtEveryDepth() {
    for (int depth = 1; depth <= 4; depth++) {
      Road shallow = new Road(new DecoderLimits(10_000, depth, 1_000, 128), false);
      EventDice dice = new EventDice(depth);
      for (int i = 0; i < ODD_EVENTS / 100; i++) {
        shallow.answers(dice.ordinary().getBytes(UTF_8), null);
      }
    }
  }

  @Test
  void saysTheSameOfGarbledEventsOfTheCorpus() {
    EventDice dice = new EventDice(3);
    Random random = new Random(3);
    List<Odd> events = oddEvents();
    int answered = 0;

    for (int i = 0; i < GARBLED_EVENTS; i++) {
      byte[] value = dice.garbled(events.get(random.nextInt(events.size())).value());
      answered += road.answers(value, null) ? 1 : 0;
    }

    assertThat(answered).isGreaterThan(GARBLED_EVENTS / 50);
  }

  @Test
  void isNoWorseOffForWhatCameBefore() {
    byte[] good = IngressExamples.EVENT.getBytes(UTF_8);
    for (Bad bad : badEvents()) {
      road.fast.read(bad.value(), contentType(bad.headers()));
      assertThat(road.answers(good, null)).as(bad.name()).isTrue();
    }
  }
}
