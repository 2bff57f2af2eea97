// SPDX-License-Identifier: Apache-2.0
package io.twinlog.service;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Reason;
import io.twinlog.domain.service.Service;
import io.twinlog.domain.service.ServiceEvent;
import io.twinlog.domain.service.ServiceEvent.ServiceFellSilent;
import io.twinlog.domain.service.ServiceMove;
import io.twinlog.domain.service.ServiceReport;
import io.twinlog.domain.service.ServiceRules;
import io.twinlog.domain.service.ServiceState;
import io.twinlog.domain.service.ServiceVitals;
import io.twinlog.flink.AggregateBinding;
import io.twinlog.flink.Change;
import io.twinlog.flink.Change.Step;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.HandledFlaws;
import io.twinlog.wire.ingress.Payloads.UnreadablePayloadException;
import io.twinlog.wire.service.ServiceInputs;
import io.twinlog.wire.service.ServiceInstances;
import io.twinlog.wire.service.ServiceLogCodec;
import io.twinlog.wire.service.ServiceMoveCodec;
import io.twinlog.wire.service.ServiceVitalsCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Ties the rules of services to the records that they read and write. It decides nothing. */
final class ServiceBinding
    implements AggregateBinding<ServiceState, ServiceVitals, ServiceReport, ServiceEvent> {
  private final Service service;
  private final ServiceInstances states = new ServiceInstances();
  private final ServiceVitalsCodec vitals = new ServiceVitalsCodec();
  private final ServiceMoveCodec moves = new ServiceMoveCodec();
  private final DataOutputSerializer buffer = new DataOutputSerializer(128);
  private final SingleObject singleObject = new SingleObject();
  private final HandledFlaws flaws = new HandledFlaws(Topic.EVENTS_SYSTEM);

  ServiceBinding(ServiceRules rules) {
    this.service = new Service(rules);
  }

  @Override
  public Aggregate<ServiceState, ServiceVitals, ServiceReport, ServiceEvent> aggregate(
      long version) {
    return service;
  }

  @Override
  public Codec<ServiceState> states() {
    return states;
  }

  @Override
  public BinaryCodec<ServiceVitals> vitals() {
    return vitals;
  }

  @Override
  public Input<ServiceReport> read(InboxRecord record) {
    // Event types have a dot, commands have none.
    if (record.type().indexOf('.') < 0) {
      return malformed("invalid_command", "command", "there is no command of a service");
    }
    try {
      Event event = singleObject.decode(record.value(), Event.class);
      EventMetadata metadata = event.getMetadata();
      String correlation =
          metadata.getCorrelationId() == null ? event.getId() : metadata.getCorrelationId();
      // The router has flagged what ran too far ahead; log time stands in for it.
      boolean ahead = !record.flags().isEmpty();
      long occurredAt = ahead ? record.clock().wall() : event.getTimestamp().toEpochMilli();
      return new Input.Report<>(
          ServiceInputs.report(event, occurredAt),
          new Trace(correlation, event.getId(), record.traceparent()),
          IdHash.of(
              event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId()));
    } catch (UnreadableException | UnreadablePayloadException | IllegalArgumentException e) {
      // The router lets none of these pass: somebody else wrote to the inbox.
      return malformed("not_avro", "", e.getMessage());
    }
  }

  private static Input<ServiceReport> malformed(String code, String path, String message) {
    return new Input.Unreadable<>(
        DeadLetterReason.MALFORMED, List.of(new Reason(code, path, message)));
  }

  @Override
  public void publish(Change<ServiceState, ServiceVitals, ServiceEvent> change, Outputs outputs) {
    String id = change.key();
    Trace trace = change.trace();
    for (Step<ServiceState, ServiceEvent> step : change.steps()) {
      outputs.add(
          Topic.SERVICE_LOG,
          id,
          ServiceLogCodec.name(step.recorded().event()),
          singleObject.encode(
              ServiceLogCodec.toAvro(
                  id, step.recorded(), trace.correlationId(), trace.causationId())),
          trace);
    }
    for (Step<ServiceState, ServiceEvent> step : change.steps()) {
      for (ServiceMove move : ServiceMove.between(step.before(), step.recorded(), step.after())) {
        outputs.tell(EndpointsBinding.noticeKey(move), move.version(), encoded(move));
      }
      if (step.recorded().event() instanceof ServiceFellSilent) {
        Event lost = PlatformErrors.serviceLost(step.after(), step.recorded());
        outputs.addError(lost, singleObject.encode(lost), trace, List.of());
      } else if (ServiceState.isRestored(step.before(), step.recorded().event())) {
        Event restored = PlatformErrors.serviceRestored(step.after(), step.recorded());
        outputs.addError(restored, singleObject.encode(restored), trace, List.of());
      }
    }
    if (!change.ended()) {
      byte[] projection =
          change.state().presence().isKnown()
              ? singleObject.encode(
                  ServiceInstances.projection(change.state(), change.vitals(), change.rules()))
              : null;
      outputs.add(Topic.SERVICE_REGISTRY, id, "ServiceInstance", projection, trace);
    }
  }

  private byte[] encoded(ServiceMove move) {
    buffer.clear();
    try {
      moves.write(move, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory refuses a move", e);
    }
    return buffer.getCopyOfBuffer();
  }

  @Override
  public Optional<String> flaw(InboxRecord record, Event output) {
    return flaws.of(record.key(), output, record.type());
  }
}
