// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.ExpectedVersion;
import io.twinlog.domain.Patch;
import io.twinlog.domain.Reason;
import io.twinlog.domain.device.Device;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceEvent.ConfigurationDesired;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceForgotten;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.FlappingStopped;
import io.twinlog.domain.device.DeviceEvent.SessionStarted;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.domain.device.Status;
import io.twinlog.flink.AggregateBinding;
import io.twinlog.flink.Change;
import io.twinlog.flink.Change.Step;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Input;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.schemas.DeviceStatus;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Codec;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.EventBody;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.device.DeviceInputs;
import io.twinlog.wire.device.DeviceLogCodec;
import io.twinlog.wire.device.DeviceMoveCodec;
import io.twinlog.wire.device.DeviceRecords;
import io.twinlog.wire.device.DeviceStateCodec;
import io.twinlog.wire.device.DeviceVitalsCodec;
import io.twinlog.wire.ingress.HandledFlaws;
import io.twinlog.wire.ingress.Payloads.UnreadablePayloadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Ties the device's rules to the records that it reads and writes. It decides nothing. */
final class DeviceBinding
    implements AggregateBinding<DeviceState, DeviceVitals, DeviceCommand, DeviceEvent> {
  private static final String RESULT = "data.processed";

  /** The job that reads the same inbox: its letters are of records that came through here. */
  private static final String TELEMETRY = "telemetry";

  private final Device device;
  private final DeviceStateCodec states = new DeviceStateCodec();
  private final DeviceVitalsCodec vitals = new DeviceVitalsCodec();
  private final DeviceMoveCodec moves = new DeviceMoveCodec();
  private final DataOutputSerializer buffer = new DataOutputSerializer(128);
  private final SingleObject singleObject = new SingleObject();
  private final HandledFlaws flaws = new HandledFlaws(Topic.EVENTS_DOMAIN);
  private final EventBody body = new EventBody();
  private final DeviceAlarms alarms;

  /**
   * @param labels attributes that become labels of its alerts
   */
  DeviceBinding(DeviceRules rules, List<String> labels) {
    this.device = new Device(rules);
    this.alarms = new DeviceAlarms(labels);
  }

  @Override
  public Aggregate<DeviceState, DeviceVitals, DeviceCommand, DeviceEvent> aggregate(long version) {
    return device;
  }

  /** Results of telemetry say nothing of a device; the telemetry job answers for them. */
  @Override
  public boolean concerns(InboxRecord record) {
    boolean result = record.type().equals(RESULT) && record.failed().isEmpty();
    return !result && !record.isRedriveOf(TELEMETRY);
  }

  @Override
  public Codec<DeviceState> states() {
    return states;
  }

  @Override
  public BinaryCodec<DeviceVitals> vitals() {
    return vitals;
  }

  @Override
  public Input<DeviceCommand> read(InboxRecord record) {
    alarms.begin();
    try {
      return isCommand(record) ? request(record) : report(record);
    } catch (UnreadableException | UnreadablePayloadException | IllegalArgumentException e) {
      // The router lets none of these pass: somebody else wrote to the inbox.
      return new Input.Unreadable<>(
          DeadLetterReason.MALFORMED, List.of(new Reason("not_avro", "", e.getMessage())));
    }
  }

  /** Event types have a dot, commands have none. */
  private static boolean isCommand(InboxRecord record) {
    return record.type().indexOf('.') < 0;
  }

  /** Most events need not be opened. */
  private Input<DeviceCommand> report(InboxRecord record) {
    if (!body.read(record.value())) {
      return opened(record);
    }
    String type = body.eventType(record.type());
    Optional<Report> report = DeviceInputs.report(body, type, occurredAt(body.timestamp(), record));
    if (report.isEmpty()) {
      return opened(record);
    }
    String id = body.id();
    Trace trace = new Trace(body.correlationId(id), id, record.traceparent());
    return new Input.Report<>(report.get(), trace, body.idHash());
  }

  private Input<DeviceCommand> opened(InboxRecord record) {
    Event event = singleObject.decode(record.value(), Event.class);
    EventMetadata metadata = event.getMetadata();
    String correlation =
        metadata.getCorrelationId() == null ? event.getId() : metadata.getCorrelationId();
    return new Input.Report<>(
        DeviceInputs.report(event, occurredAt(event.getTimestamp().toEpochMilli(), record)),
        new Trace(correlation, event.getId(), record.traceparent()),
        IdHash.of(
            event.getSource().getServiceId(), event.getSource().getComponentId(), event.getId()));
  }

  /** The router has flagged what ran too far ahead; log time stands in for it. */
  private static long occurredAt(long timestamp, InboxRecord record) {
    return record.flags().isEmpty() ? timestamp : record.clock().wall();
  }

  private Input<DeviceCommand> request(InboxRecord record) {
    Command command = singleObject.decode(record.value(), Command.class);
    EventMetadata metadata = command.getMetadata();
    String correlation =
        metadata.getCorrelationId() == null ? command.getId() : metadata.getCorrelationId();
    Long expected = command.getExpectedVersion();
    return DeviceInputs.request(command)
        .<Input<DeviceCommand>>map(
            request ->
                new Input.Request<>(
                    request,
                    new Trace(correlation, command.getId(), record.traceparent()),
                    command.getId(),
                    command.getCommand(),
                    record.key(),
                    expected == null ? ExpectedVersion.ANY : expected))
        .orElseGet(
            () ->
                new Input.Unreadable<>(
                    DeadLetterReason.MALFORMED,
                    List.of(
                        new Reason(
                            "invalid_command",
                            "command",
                            command.getCommand() + " is no command of a device"))));
  }

  @Override
  public void publish(Change<DeviceState, DeviceVitals, DeviceEvent> change, Outputs outputs) {
    for (Step<DeviceState, DeviceEvent> step : change.steps()) {
      outputs.add(
          Topic.DEVICE_LOG,
          change.key(),
          DeviceLogCodec.name(step.recorded().event()),
          singleObject.encode(
              DeviceLogCodec.toAvro(
                  change.key(),
                  step.recorded(),
                  change.trace().correlationId(),
                  change.trace().causationId())),
          change.trace());
    }
    for (Step<DeviceState, DeviceEvent> step : change.steps()) {
      announce(change, step, outputs);
      tell(step, outputs);
      sendDown(change, step, outputs);
      alarms.moved(step, change.trace(), outputs);
    }
    publishState(change, outputs);
  }

  private void announce(
      Change<DeviceState, DeviceVitals, DeviceEvent> change,
      Step<DeviceState, DeviceEvent> step,
      Outputs outputs) {
    DeviceEvent event = step.recorded().event();
    boolean released = event instanceof FlappingStopped;
    Status from = released ? step.before().announcedStatus() : step.before().status();
    Status to = step.after().status();
    if (from == to || event instanceof DeviceRegistered || event instanceof DeviceForgotten) {
      return;
    }
    DeviceStatus notice =
        DeviceRecords.status(change.key(), step.recorded(), from, to, step.after().flapping());
    notice.setCorrelationId(orNull(change.trace().correlationId()));
    notice.setCausationId(orNull(change.trace().causationId()));
    outputs.add(
        Topic.DEVICE_STATUS,
        change.key(),
        "DeviceStatus",
        singleObject.encode(notice),
        change.trace());
  }

  @Override
  public void heard(
      String key, Input<DeviceCommand> input, StateNow<DeviceState> state, Outputs outputs)
      throws IOException {
    alarms.heard(input, state, outputs);
  }

  private void tell(Step<DeviceState, DeviceEvent> step, Outputs outputs) {
    DeviceMove.between(step.before(), step.recorded(), step.after())
        .ifPresent(move -> outputs.tell(move.deviceId(), move.version(), encoded(move)));
  }

  private byte[] encoded(DeviceMove move) {
    buffer.clear();
    try {
      moves.write(move, buffer);
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory refuses a move", e);
    }
    return buffer.getCopyOfBuffer();
  }

  /**
   * Each change of the desired configuration goes down; what is still owed goes again at each
   * reconnect.
   */
  private void sendDown(
      Change<DeviceState, DeviceVitals, DeviceEvent> change,
      Step<DeviceState, DeviceEvent> step,
      Outputs outputs) {
    DeviceEvent event = step.recorded().event();
    DeviceState.Configuration configuration = step.after().configuration();
    if (event instanceof ConfigurationDesired desired) {
      sendDown(change, desired.configurationVersion(), desired.patch(), outputs);
    } else if ((event instanceof DeviceCameOnline || event instanceof SessionStarted)
        && configuration.delta().size() > 0) {
      sendDown(change, configuration.version(), Patch.setting(configuration.delta()), outputs);
    }
  }

  private void sendDown(
      Change<DeviceState, DeviceVitals, DeviceEvent> change,
      long configurationVersion,
      Patch patch,
      Outputs outputs) {
    DeviceDownlink downlink = DeviceRecords.downlink(change.key(), configurationVersion, patch);
    downlink.setCorrelationId(orNull(change.trace().correlationId()));
    downlink.setCausationId(orNull(change.trace().causationId()));
    outputs.add(
        Topic.DEVICE_DOWNLINK,
        change.key(),
        "DeviceDownlink",
        singleObject.encode(downlink),
        change.trace());
  }

  private void publishState(
      Change<DeviceState, DeviceVitals, DeviceEvent> change, Outputs outputs) {
    if (change.ended()) {
      outputs.add(Topic.DEVICE_STATE, change.key(), "DeviceState", null, change.trace());
      return;
    }
    outputs.add(
        Topic.DEVICE_STATE,
        change.key(),
        "DeviceState",
        singleObject.encode(DeviceRecords.state(change.state(), change.vitals(), change.rules())),
        change.trace());
    if (change.snapshot()) {
      outputs.add(
          Topic.DEVICE_SNAPSHOTS,
          change.key(),
          "DeviceSnapshot",
          states.encode(change.state()),
          change.trace());
    }
  }

  @Override
  public Optional<String> flaw(InboxRecord record, Event output) {
    return flaws.of(record.key(), output, record.type());
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
