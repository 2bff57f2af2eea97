// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Reason;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.QualityRules.Action;
import io.twinlog.domain.telemetry.Sketches;
import io.twinlog.domain.telemetry.Telemetry;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryFact;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.AnomalyFound;
import io.twinlog.domain.telemetry.TelemetryFact.Forgotten;
import io.twinlog.domain.telemetry.TelemetryFact.LatestTold;
import io.twinlog.domain.telemetry.TelemetryFact.Rejected;
import io.twinlog.domain.telemetry.TelemetryFact.Triggered;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.TelemetryStep;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.flink.AggregateBinding;
import io.twinlog.flink.Change;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.rules.Facts;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.EventBody;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.ParkingCommand;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.HandledFlaws;
import io.twinlog.wire.ingress.Payloads.UnreadablePayloadException;
import io.twinlog.wire.telemetry.TelemetryInputs;
import io.twinlog.wire.telemetry.TelemetryLatestForm;
import io.twinlog.wire.telemetry.TelemetryRecordForm;
import io.twinlog.wire.telemetry.TelemetryRecords;
import io.twinlog.wire.telemetry.TelemetryStatsForm;
import io.twinlog.wire.telemetry.TelemetryVitalsCodec;
import io.twinlog.wire.telemetry.TelemetryWindowForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ties the rules of telemetry to the records that it reads and writes. It decides nothing. */
final class TelemetryBinding
    implements AggregateBinding<String, TelemetryVitals, TelemetryCommand, TelemetryStep> {
  private static final Set<String> OF_CONCERN =
      Set.of(
          TelemetryInputs.COLLECTED,
          TelemetryInputs.PROCESSED,
          TelemetryInputs.REGISTERED,
          TelemetryInputs.DECOMMISSIONED,
          TelemetryInputs.REGISTER,
          TelemetryInputs.DECOMMISSION,
          ParkingCommand.REDRIVE,
          ParkingCommand.DISCARD);

  /** The job that reads the same inbox: its letters are of records that were counted here. */
  private static final String DEVICE = "device";

  /** While a change of the rules comes through, keys of two versions take turns. */
  private static final int VERSIONS_MAX = 16;

  private final RuleBook book;
  private final TelemetryLimits limits;
  private final QualityChecks checks;
  private final Sketches sketches = new DdSketches();
  private final TelemetryVitalsCodec vitals = new TelemetryVitalsCodec();
  private final TelemetryLatestForm latest = new TelemetryLatestForm();
  private final TelemetryStatsForm stats = new TelemetryStatsForm();
  private final TelemetryInputs inputs = new TelemetryInputs(Facts::of);
  private final EventBody body = new EventBody();
  private final SingleObject singleObject = new SingleObject();
  private final HandledFlaws flaws = new HandledFlaws(Topic.EVENTS_DOMAIN);
  private final Map<Long, Telemetry> byVersion = new LinkedHashMap<>(16, 0.75f, true);
  private long version = -1;
  private Telemetry telemetry;

  TelemetryBinding(RuleBook book, TelemetryLimits limits, QualityChecks checks) {
    this.book = book;
    this.limits = limits;
    this.checks = checks;
  }

  @Override
  public Aggregate<String, TelemetryVitals, TelemetryCommand, TelemetryStep> aggregate(
      long wanted) {
    if (wanted != version) {
      telemetry = byVersion.get(wanted);
      if (telemetry == null) {
        telemetry = keep(wanted, telemetry(wanted));
      }
      version = wanted;
    }
    return telemetry;
  }

  private Telemetry telemetry(long wanted) {
    return new Telemetry(
        book.at(wanted).quality(),
        limits,
        new Telemetry.Means(
            sketches, new TelemetryRecordForm(wanted), new TelemetryWindowForm(), checks));
  }

  private Telemetry keep(long wanted, Telemetry made) {
    if (byVersion.size() == VERSIONS_MAX) {
      byVersion.remove(byVersion.keySet().iterator().next());
    }
    byVersion.put(wanted, made);
    return made;
  }

  /** What is no record of a router, and what the device alone is to answer, the device job has. */
  @Override
  public boolean concerns(InboxRecord record) {
    return record.fault().isEmpty()
        && !record.isRedriveOf(DEVICE)
        && (OF_CONCERN.contains(record.type()) || !record.failed().isEmpty());
  }

  @Override
  public Codec<String> states() {
    throw new IllegalStateException("telemetry has no state beside its vitals");
  }

  @Override
  public BinaryCodec<TelemetryVitals> vitals() {
    return vitals;
  }

  @Override
  public Input<TelemetryCommand> read(InboxRecord record) {
    try {
      return record.type().indexOf('.') < 0 ? request(record) : report(record);
    } catch (UnreadableException | UnreadablePayloadException | IllegalArgumentException e) {
      // The router lets none of these pass: somebody else wrote to the inbox.
      return new Input.Unreadable<>(
          DeadLetterReason.MALFORMED, List.of(new Reason("not_avro", "", e.getMessage())));
    }
  }

  private Input<TelemetryCommand> report(InboxRecord record) {
    boolean ahead = !record.flags().isEmpty();
    if (record.type().equals(TelemetryInputs.COLLECTED) && body.read(record.value())) {
      long occurredAt = ahead ? record.clock().wall() : body.timestamp();
      TelemetryCommand command = inputs.collected(body, record.value(), occurredAt, ahead);
      if (command != null) {
        String id = body.id();
        Trace trace = new Trace(body.correlationId(id), id, record.traceparent());
        return new Input.Report<>(command, trace, body.idHash());
      }
    }
    Event event = singleObject.decode(record.value(), Event.class);
    long occurredAt = ahead ? record.clock().wall() : event.getTimestamp().toEpochMilli();
    return new Input.Report<>(
        inputs.of(event, occurredAt, ahead),
        trace(event.getId(), event.getMetadata(), record),
        IdHash.of(
            event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId()));
  }

  /** The device job answers it; here it says of what model a device is. */
  private Input<TelemetryCommand> request(InboxRecord record) {
    Command command = singleObject.decode(record.value(), Command.class);
    return new Input.Report<>(
        TelemetryInputs.of(command),
        trace(command.getId(), command.getMetadata(), record),
        IdHash.of("commands", command.getCommand(), command.getId()));
  }

  private static Trace trace(String id, EventMetadata metadata, InboxRecord record) {
    String correlation = metadata.getCorrelationId();
    return new Trace(correlation == null ? id : correlation, id, record.traceparent());
  }

  @Override
  public void publish(Change<String, TelemetryVitals, TelemetryStep> change, Outputs outputs) {
    for (Change.Step<String, TelemetryStep> step : change.steps()) {
      for (TelemetryFact fact : step.recorded().event().facts()) {
        publish(fact, change, outputs);
      }
    }
  }

  private void publish(
      TelemetryFact fact, Change<String, TelemetryVitals, TelemetryStep> change, Outputs outputs) {
    String device = change.key();
    Trace trace = change.trace();
    if (fact instanceof Accepted accepted) {
      outputs.add(Topic.TELEMETRY_RECORDS, device, "TelemetryRecord", accepted.packed(), trace);
    } else if (fact instanceof Rejected rejected) {
      byte[] value = new TelemetryRecordForm(change.rules()).pack(rejected.record());
      outputs.add(Topic.TELEMETRY_REJECTED, device, "TelemetryRecord", value, trace);
    } else if (fact instanceof WindowTold window) {
      byte[] value = stats.pack(device, window, change.rules());
      String key = stats.key(device, window);
      outputs.add(Topic.TELEMETRY_STATS, key, "TelemetryStats", value, trace);
    } else if (fact instanceof LatestTold) {
      byte[] value = latest.pack(device, change.vitals(), change.rules());
      outputs.add(Topic.TELEMETRY_LATEST, device, "TelemetryLatest", value, trace);
    } else if (fact instanceof Forgotten) {
      outputs.add(Topic.TELEMETRY_LATEST, device, "TelemetryLatest", null, trace);
    } else if (fact instanceof AnomalyFound anomaly) {
      Event event = TelemetryRecords.anomaly(anomaly, trace.correlationId(), trace.causationId());
      outputs.addError(event, singleObject.encode(event), trace, List.of());
    } else if (fact instanceof Triggered triggered) {
      carryOut(triggered, trace, device, outputs);
    } else {
      throw new IllegalStateException("no rule for " + fact);
    }
  }

  private void carryOut(Triggered triggered, Trace trace, String device, Outputs outputs) {
    String correlation = trace.correlationId();
    String causation = trace.causationId();
    if (triggered.action() instanceof Action.Command command) {
      byte[] value = TelemetryRecords.command(triggered, command, correlation, causation);
      outputs.add(Topic.COMMANDS, device, command.command(), value, trace);
    } else {
      Action.Event action = (Action.Event) triggered.action();
      Event event = TelemetryRecords.event(triggered, action, correlation, causation);
      outputs.add(Topic.INGRESS, device, action.eventType(), singleObject.encode(event), trace);
    }
  }

  @Override
  public void close() {
    book.close();
  }

  @Override
  public Optional<String> flaw(InboxRecord record, Event output) {
    return flaws.of(record.key(), output, record.type());
  }
}
