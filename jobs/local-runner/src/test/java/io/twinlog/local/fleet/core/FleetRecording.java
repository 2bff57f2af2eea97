// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Event;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import java.util.ArrayList;
import java.util.List;

/** All that a fleet said from its registration on, and the truth that it told. */
final class FleetRecording {
  static final long BEGINNING = 1_767_225_600_000L;

  final FleetPlan plan;
  final List<Fact> facts = new ArrayList<>();
  final List<FleetMessage> registrations = new ArrayList<>();
  final List<FleetMessage> messages = new ArrayList<>();

  private final EventDecoder decoder =
      new EventDecoder(Catalogue.installed(false), DecoderLimits.DEFAULT);

  private FleetRecording(FleetPlan plan) {
    this.plan = plan;
  }

  static FleetRecording of(FleetPlan plan, int messages) {
    return of(plan, messages, BEGINNING);
  }

  static FleetRecording of(FleetPlan plan, int messages, long beginning) {
    FleetRecording recording = new FleetRecording(plan);
    Fleet fleet = new Fleet(plan, recording.facts::add);
    for (int place = 0; place < plan.devices(); place++) {
      recording.registrations.add(fleet.register(place, beginning));
    }
    for (int i = 0; i < messages; i++) {
      recording.messages.add(fleet.next(beginning + (long) fleet.offsetMillis()));
    }
    fleet.end(beginning + (long) fleet.offsetMillis());
    return recording;
  }

  static FleetPlan plan(int devices, double rate, String mix) {
    return new FleetPlan(7, devices, rate, Mix.parse(mix), "sim", "1", false);
  }

  /** Time of the n-th message. */
  long at(int message) {
    return BEGINNING + (long) (message * 1_000 / plan.rate());
  }

  List<Fact> facts(String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).toList();
  }

  List<FleetMessage> messages(FleetMessage.Kind kind) {
    return messages.stream().filter(message -> message.kind() == kind).toList();
  }

  Decoded<Event> decode(FleetMessage message) {
    return decoder.decode(message.value(), null);
  }

  Event event(FleetMessage message) {
    Decoded<Event> decoded = decode(message);
    assertThat(decoded).as(message.kind() + " " + message.id()).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid<Event>) decoded).value();
  }
}
