// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import static io.twinlog.local.fleet.core.FleetRecording.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinlog.local.fleet.core.FleetMessage.Kind;
import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a fleet says, against the truth that it tells, and against the router's decoder. */
class FleetTest {
  private static final FleetPlan LIVELY =
      plan(
          50,
          25,
          "malformed=0.1,doubles=0.05,disorder=0.05,reconnects=0.05,faults=0.02,silences=0.01");

  @Test
  void saysTheSameOfTheSameSeed() {
    FleetRecording one = FleetRecording.of(LIVELY, 5_000);
    FleetRecording other = FleetRecording.of(LIVELY, 5_000);

    for (int i = 0; i < one.messages.size(); i++) {
      assertThat(other.messages.get(i).id()).isEqualTo(one.messages.get(i).id());
      assertThat(other.messages.get(i).value()).isEqualTo(one.messages.get(i).value());
    }
    assertThat(one.facts).isEqualTo(other.facts);
  }

  @Test
  void saysTheSameAtAnotherTimeButForTheTimestamps() {
    long later = FleetRecording.BEGINNING + 12_345_678_901L;
    FleetRecording one = FleetRecording.of(LIVELY, 3_000);
    FleetRecording other = FleetRecording.of(LIVELY, 3_000, later);

    for (int i = 0; i < one.messages.size(); i++) {
      FleetMessage message = one.messages.get(i);
      assertThat(other.messages.get(i).kind()).isEqualTo(message.kind());
      assertThat(other.messages.get(i).id()).isEqualTo(message.id());
      if (message.kind() != Kind.MALFORMED) {
        Event event = other.event(other.messages.get(i));
        Instant moved = event.getTimestamp().minusMillis(later - FleetRecording.BEGINNING);
        event.setTimestamp(moved);
        assertThat(event).isEqualTo(one.event(message));
      }
    }
  }

  @Test
  void saysOtherThingsOfAnotherSeed() {
    FleetPlan other = new FleetPlan(8, 50, 25, LIVELY.mix(), "sim", "1", false);

    assertThat(FleetRecording.of(other, 500).messages.stream().map(FleetMessage::id))
        .isNotEqualTo(
            FleetRecording.of(LIVELY, 500).messages.stream().map(FleetMessage::id).toList());
  }

  @Test
  void keepsToTheMix() {
    FleetRecording recording =
        FleetRecording.of(
            plan(
                1_000, 500, "malformed=0.2,doubles=0.04,disorder=0.03,reconnects=0.02,faults=0.01"),
            200_000);

    assertShare(recording, Kind.MALFORMED, 0.2);
    assertShare(recording, Kind.DOUBLE, 0.04);
    assertShare(recording, Kind.OLDER, 0.03);
    assertShare(recording, Kind.LAST_WILL, 0.02);
    assertShare(recording, Kind.ONLINE, 0.02 + 1_000.0 / 200_000);
    // A device has one fault at a time.
    assertThat(recording.messages(Kind.ERROR)).hasSizeBetween(1_400, 2_000);
    double ordinary =
        recording.messages(Kind.HEARTBEAT).size() + recording.messages(Kind.TELEMETRY).size();
    assertThat(recording.messages(Kind.HEARTBEAT).size() / ordinary).isCloseTo(0.2, within(0.02));
  }

  private static void assertShare(FleetRecording recording, Kind kind, double share) {
    assertThat(recording.messages(kind).size() / (double) recording.messages.size())
        .as(kind.text())
        .isCloseTo(share, within(share / 10));
  }

  @Test
  void isRefusedByTheDecoderWhereTheTruthSaysSoAndAcceptedElsewhere() {
    FleetRecording recording = FleetRecording.of(plan(300, 100, "malformed=0.3"), 20_000);
    List<Fact> malformed = recording.facts("malformed");
    Set<String> kinds = new HashSet<>();
    int seen = 0;
    for (FleetMessage message : recording.messages) {
      if (message.kind() != Kind.MALFORMED) {
        recording.event(message);
        continue;
      }
      Fact fact = malformed.get(seen++);
      Decoded<Event> decoded = recording.decode(message);
      assertThat(decoded).as(fact.toString()).isInstanceOf(Decoded.Rejected.class);
      assertThat(((Decoded.Rejected<Event>) decoded).reason().text())
          .as(fact.toString() + decoded)
          .isEqualTo(fact.more().get("reason"));
      assertThat(fact.device()).isEqualTo(message.key());
      assertThat(fact.more().get("id")).isEqualTo(message.id());
      kinds.add((String) fact.more().get("malformed"));
    }
    recording.registrations.forEach(recording::event);

    assertThat(seen).isEqualTo(malformed.size());
    assertThat(kinds).hasSize(Malformed.values().length);
  }

  @Test
  void usesAnIdOnceButForDoubles() {
    FleetRecording recording = FleetRecording.of(LIVELY, 10_000);
    Map<String, FleetMessage> first = new HashMap<>();
    Map<String, Integer> idsOfDevice = new HashMap<>();
    Map<String, Integer> place = new HashMap<>();
    List<String> doubles = new ArrayList<>();
    for (FleetMessage message : recording.messages) {
      if (message.kind() == Kind.DOUBLE) {
        FleetMessage before = first.get(message.id());
        assertThat(message.value()).isEqualTo(before.value());
        assertThat(message.key()).isEqualTo(before.key());
        assertThat(idsOfDevice.get(message.key()) - place.get(message.id()))
            .as("ids of the device since then")
            .isLessThan(100);
        doubles.add(message.id());
      } else if (!message.id().isEmpty()) {
        assertThat(first.put(message.id(), message)).as(message.id()).isNull();
        place.put(message.id(), idsOfDevice.merge(message.key(), 1, Integer::sum));
        assertThat(message.id().length()).isLessThanOrEqualTo(64);
      }
    }

    assertThat(recording.facts("double").stream().map(fact -> fact.more().get("id")).toList())
        .isEqualTo(doubles);
    assertThat(doubles).isNotEmpty();
  }

  @Test
  void sendsTheLastWillOfASessionAfterTheNextHasBegun() {
    FleetRecording recording = FleetRecording.of(LIVELY, 10_000);
    Map<String, String> current = new HashMap<>();
    List<String> wills = new ArrayList<>();
    for (FleetMessage message : recording.messages) {
      if (message.kind() == Kind.ONLINE) {
        current.put(message.key(), recording.event(message).getMetadata().getSessionId());
      } else if (message.kind() == Kind.LAST_WILL) {
        Event will = recording.event(message);
        assertThat(will.getEventType()).isEqualTo("device.offline");
        assertThat(will.getMetadata().getSessionId()).isNotEqualTo(current.get(message.key()));
        wills.add(will.getMetadata().getSessionId());
      }
    }

    assertThat(wills).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    assertThat(
            recording.facts("last_will_late").stream()
                .map(fact -> fact.more().get("session_id"))
                .toList())
        .isEqualTo(wills);
  }

  @Test
  void sendsAnOlderMessageAfterANewerOneOfTheSameDevice() {
    FleetRecording recording = FleetRecording.of(LIVELY, 10_000);
    Map<String, Instant> newest = new HashMap<>();
    for (FleetMessage message : recording.messages) {
      if (message.kind() == Kind.MALFORMED || message.kind() == Kind.DOUBLE) {
        continue;
      }
      Instant timestamp = recording.event(message).getTimestamp();
      boolean older = timestamp.isBefore(newest.getOrDefault(message.key(), Instant.MIN));
      assertThat(older).as(message.toString()).isEqualTo(message.kind() == Kind.OLDER);
      if (!older) {
        newest.put(message.key(), timestamp);
      }
    }

    assertThat(recording.facts("disorder")).hasSameSizeAs(recording.messages(Kind.OLDER));
  }

  @Test
  void isSilentForLongerThanItsTimeoutWhereTheTruthSaysSoAndNowhereElse() {
    FleetRecording recording = FleetRecording.of(LIVELY, 30_000);
    Map<String, Long> last = new HashMap<>();
    Map<String, List<Instant>> found = new LinkedHashMap<>();
    for (int i = 0; i < recording.messages.size(); i++) {
      FleetMessage message = recording.messages.get(i);
      if (message.kind() == Kind.MALFORMED || message.kind() == Kind.LAST_WILL) {
        continue;
      }
      long at = recording.at(i);
      long before = Objects.requireNonNullElse(last.put(message.key(), at), at);
      if (at - before > LIVELY.timeoutMillis()) {
        found
            .computeIfAbsent(message.key(), device -> new ArrayList<>())
            .add(Instant.ofEpochMilli(before));
      }
    }
    Map<String, List<Instant>> told = new LinkedHashMap<>();
    for (Fact fact : recording.facts("speaks_again")) {
      told.computeIfAbsent(fact.device(), device -> new ArrayList<>())
          .add((Instant) fact.more().get("silent_from"));
    }

    assertThat(found).isEqualTo(told);
    assertThat(found).hasSizeGreaterThan(5);
  }

  @Test
  void tellsOfEachFaultWhenItComesAndWhenItGoes() {
    FleetRecording recording = FleetRecording.of(LIVELY, 20_000);

    assertThat(ids(recording.facts("fault_raised")))
        .isEqualTo(recording.messages(Kind.ERROR).stream().map(FleetMessage::id).toList());
    assertThat(ids(recording.facts("fault_cleared")))
        .isEqualTo(recording.messages(Kind.RECOVERED).stream().map(FleetMessage::id).toList());
    assertThat(recording.facts("fault_cleared")).isNotEmpty();
  }

  @Test
  void clearsWhatAnotherRunLeftOpen() {
    FleetPlan again = new FleetPlan(7, 20, 10, Mix.USUAL, "sim", "2", true);

    FleetRecording recording = FleetRecording.of(again, 100);

    assertThat(recording.facts("all_clear").stream().map(Fact::device).distinct()).hasSize(20);
  }

  @Test
  void registersEachDeviceOnceWithModelAndSite() {
    FleetRecording recording = FleetRecording.of(LIVELY, 0);

    assertThat(recording.registrations.stream().map(FleetMessage::key).distinct()).hasSize(50);
    assertThat(recording.facts("registered")).hasSize(50);
    for (FleetMessage message : recording.registrations) {
      Event event = recording.event(message);
      assertThat(event.getEventType()).isEqualTo("device.registered");
      assertThat(new String(event.getData().getPayload().array(), StandardCharsets.UTF_8))
          .contains("\"model\"", "\"site\"", "\"heartbeat_interval_ms\"", message.key());
    }
  }

  @Test
  void countsTheSequenceOfASessionFromOne() {
    FleetRecording recording =
        FleetRecording.of(plan(10, 10, "disorder=0,doubles=0,malformed=0,reconnects=0.1"), 2_000);
    Map<String, Long> last = new HashMap<>();
    for (FleetMessage message : recording.messages) {
      Event event = recording.event(message);
      Long sequence = event.getMetadata().getSequence();
      if (message.kind() == Kind.LAST_WILL) {
        assertThat(sequence).isNull();
      } else {
        assertThat(sequence)
            .isEqualTo(last.merge(event.getMetadata().getSessionId(), 1L, Long::sum));
      }
    }
  }

  @Test
  void movesOnWithAnyNumberOfDevicesAndAnyMix() {
    for (int devices : new int[] {1, 2, 3, 11}) {
      for (String mix : List.of("", "silences=1", "malformed=0.9", "doubles=0.4,faults=0.2")) {
        FleetRecording recording = FleetRecording.of(plan(devices, 0.5, mix), 500);
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        recording.messages.forEach(message -> kinds.add(message.kind()));
        assertThat(kinds).as(devices + " " + mix).contains(Kind.ONLINE, Kind.TELEMETRY);
      }
    }
  }

  private static List<Object> ids(List<Fact> facts) {
    return facts.stream().map(fact -> fact.more().get("id")).toList();
  }
}
