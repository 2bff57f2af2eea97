// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import io.twinlog.domain.Decision.Accepted;
import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.ScoredRecord;
import io.twinlog.domain.telemetry.Telemetry;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryFact;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.TelemetryStep;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.rules.Facts;
import io.twinlog.schemas.Event;
import io.twinlog.telemetry.DdSketches;
import io.twinlog.wire.EventBody;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.Decoded;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.ingress.EventDecoder;
import io.twinlog.wire.telemetry.TelemetryInputs;
import io.twinlog.wire.telemetry.TelemetryRecordForm;
import io.twinlog.wire.telemetry.TelemetryWindowForm;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does with messages what router and telemetry job do, with their own code but without Kafka and
 * Flink: decodes them, drops repeated ids, passes the deadlines before each, and has the rules of
 * telemetry judge what is left. It keeps no outputs but the judged record, and parks nothing.
 */
final class Judge {
  /** Ids of a device that are remembered, as the jobs do by default. */
  private static final int IDS_MAX = 256;

  private final EventDecoder decoder =
      new EventDecoder(Catalogue.of(false, List.of()), DecoderLimits.DEFAULT);
  private final SingleObject singleObject = new SingleObject();
  private final EventBody body = new EventBody();
  private final TelemetryInputs inputs = new TelemetryInputs(Facts::of);
  private final Telemetry telemetry;
  private final Map<String, Device> devices = new HashMap<>();
  private long unreadable;
  private long repeats;

  /** What is kept of a device. */
  private static final class Device {
    private TelemetryVitals vitals = TelemetryVitals.NONE;
    private Moment moment = new Moment(0, 0);
    private final LinkedHashSet<Long> ids = new LinkedHashSet<>();

    boolean isNew(long id) {
      if (ids.contains(id)) {
        return false;
      }
      if (ids.size() == IDS_MAX) {
        ids.remove(ids.iterator().next());
      }
      return ids.add(id);
    }
  }

  Judge(QualityRules rules) {
    Telemetry.Means means =
        new Telemetry.Means(
            new DdSketches(),
            new TelemetryRecordForm(0),
            new TelemetryWindowForm(),
            QualityChecks.NONE);
    telemetry = new Telemetry(rules, TelemetryLimits.DEFAULT, means);
  }

  /** Messages that became dead letters. */
  long unreadable() {
    return unreadable;
  }

  /** Messages of an id that was there before. */
  long repeats() {
    return repeats;
  }

  /**
   * Takes the next message.
   *
   * @param value as it stands in the topic {@code ingress}
   * @param now that of the last tick before it
   * @return the record, where it was telemetry and new
   */
  Optional<ScoredRecord> accept(String key, byte[] value, Moment now) {
    Decoded<Event> decoded = decoder.decode(value, null);
    if (!(decoded instanceof Decoded.Valid<Event> valid)) {
      unreadable++;
      return Optional.empty();
    }
    Event event = valid.value();
    TelemetryCommand command = command(event);
    if (command instanceof TelemetryCommand.Aside) {
      return Optional.empty();
    }
    Device device = devices.computeIfAbsent(key, id -> new Device());
    passDeadlines(key, device, now.clock());
    long id =
        IdHash.of(
            event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId());
    if (!device.isNew(id)) {
      repeats++;
      return Optional.empty();
    }
    device.moment = now;
    return apply(key, device, command, now);
  }

  /** By the road that the job takes: from the bytes of the inbox. */
  private TelemetryCommand command(Event event) {
    byte[] value = singleObject.encode(event);
    if (event.getEventType().equals(TelemetryInputs.COLLECTED) && body.read(value)) {
      TelemetryCommand command = inputs.collected(body, value, body.timestamp(), false);
      if (command != null) {
        return command;
      }
    }
    return inputs.of(event, event.getTimestamp().toEpochMilli(), false);
  }

  private void passDeadlines(String key, Device device, long limit) {
    long deadline = telemetry.deadline(device.vitals);
    while (deadline < limit) {
      Moment at = device.moment.atClock(deadline);
      List<TelemetryStep> steps = telemetry.atDeadline(key, device.vitals, at);
      device.vitals = telemetry.afterDeadline(device.vitals, steps);
      deadline = telemetry.deadline(device.vitals);
    }
  }

  private Optional<ScoredRecord> apply(
      String key, Device device, TelemetryCommand command, Moment now) {
    if (telemetry.touchesOnlyVitals(device.vitals, command, now)) {
      device.vitals = telemetry.observe(device.vitals, command, List.of(), now);
      return Optional.empty();
    }
    Accepted<TelemetryStep> accepted =
        (Accepted<TelemetryStep>) telemetry.decide(key, device.vitals, command, now);
    device.vitals = telemetry.observe(device.vitals, command, accepted.events(), now);
    return accepted.events().stream().flatMap(step -> record(step).stream()).findFirst();
  }

  private static Optional<ScoredRecord> record(TelemetryStep step) {
    for (TelemetryFact fact : step.facts()) {
      if (fact instanceof TelemetryFact.Accepted accepted) {
        return Optional.of(accepted.record());
      }
      if (fact instanceof TelemetryFact.Rejected rejected) {
        return Optional.of(rejected.record());
      }
    }
    return Optional.empty();
  }
}
