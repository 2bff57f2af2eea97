// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.Patch;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceAlarm;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.domain.device.Status;
import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.schemas.DeviceStatus;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.device.DeviceErrors;
import io.twinlog.wire.device.DeviceLogCodec;
import io.twinlog.wire.device.DeviceRecords;
import io.twinlog.wire.device.DeviceStateCodec;
import java.util.List;
import java.util.Optional;

/** What must be in the topics because of one device, in order. */
final class OraclePages {
  private static final String WRITER = "device";

  /** One event, with the state on both sides of it. */
  record Line(DeviceState before, Recorded<DeviceEvent> recorded, DeviceState after) {}

  /** What every output copies; empty: nothing. */
  record Flow(String correlationId, String causationId) {
    static final Flow NONE = new Flow("", "");

    static Flow of(EventMetadata metadata, String id) {
      String correlation = metadata.getCorrelationId();
      return new Flow(correlation == null ? id : correlation, id);
    }

    private String correlation() {
      return correlationId.isEmpty() ? null : correlationId;
    }

    private String causation() {
      return causationId.isEmpty() ? null : causationId;
    }
  }

  private final String id;
  private final List<Expected> written;
  private final SingleObject singleObject = new SingleObject();
  private final DeviceStateCodec states = new DeviceStateCodec();
  private final DeviceErrors errors = new DeviceErrors(List.of("site"));
  private String clock = "";

  OraclePages(String id, List<Expected> written) {
    this.id = id;
    this.written = written;
  }

  void turnTo(LogClock clock) {
    this.clock = clock.toString();
  }

  private void add(String topic, String key, String type, byte[] value) {
    written.add(new Expected(topic, key, type, WRITER, Expected.content(value), clock));
  }

  void deadLetter(String reason, byte[] value) {
    add("dead-letters", id, reason, value);
  }

  void result(String command, byte[] value) {
    add("command.results", command, "CommandResult", value);
  }

  /**
   * Writes a change.
   *
   * @param state null: the device is forgotten
   */
  void write(
      List<Line> lines, Flow flow, DeviceState state, DeviceVitals vitals, boolean snapshot) {
    for (Line line : lines) {
      add(
          "device.log",
          id,
          DeviceLogCodec.name(line.recorded().event()),
          singleObject.encode(
              DeviceLogCodec.toAvro(
                  id, line.recorded(), flow.correlationId(), flow.causationId())));
      notice(line, flow);
      downlink(line, flow);
      for (DeviceAlarm alarm : DeviceAlarm.between(line.before(), line.recorded(), line.after())) {
        String alarmId = id + "/" + line.recorded().version() + "/" + alarm.code();
        alarm(alarm, line.after(), alarmId, line.recorded().occurredAt(), flow);
      }
    }
    add(
        "device.state",
        id,
        "DeviceState",
        state == null ? null : singleObject.encode(DeviceRecords.state(state, vitals, 0)));
    if (snapshot && state != null) {
      add("device.snapshots", id, "DeviceSnapshot", states.encode(state));
    }
  }

  /** A fault, or its end, that was reported, whatever it changed; what it closed was told. */
  void reported(DeviceCommand command, List<Line> lines, DeviceState state, long hash, Told told) {
    String alarmId = id + "/fault/" + Long.toHexString(hash);
    Optional<DeviceAlarm> alarm = DeviceAlarm.of(command);
    boolean closed =
        lines.stream()
            .flatMap(l -> DeviceAlarm.between(l.before(), l.recorded(), l.after()).stream())
            .anyMatch(earlier -> alarm.isPresent() && earlier.equals(alarm.get()));
    if (alarm.isPresent() && !closed) {
      alarm(alarm.get(), state, alarmId, told.occurredAt(), told.flow());
    }
  }

  /** When, and of which flow. */
  record Told(long occurredAt, Flow flow) {}

  private void alarm(
      DeviceAlarm alarm, DeviceState state, String alarmId, long occurredAt, Flow flow) {
    DeviceErrors.Telling telling =
        new DeviceErrors.Telling(alarmId, occurredAt, flow.correlationId(), flow.causationId());
    Event event = errors.event(alarm, state, telling);
    String key = AlertId.key(id, alarm.code());
    add("events.error", key, event.getEventType(), singleObject.encode(event));
  }

  private void notice(Line line, Flow flow) {
    DeviceEvent event = line.recorded().event();
    if (event instanceof DeviceEvent.DeviceRegistered
        || event instanceof DeviceEvent.DeviceForgotten) {
      return;
    }
    Status from =
        event instanceof DeviceEvent.FlappingStopped
            ? line.before().announcedStatus()
            : line.before().status();
    Status to = line.after().status();
    if (from != to) {
      DeviceStatus notice =
          DeviceRecords.status(id, line.recorded(), from, to, line.after().flapping());
      notice.setCorrelationId(flow.correlation());
      notice.setCausationId(flow.causation());
      add("device.status", id, "DeviceStatus", singleObject.encode(notice));
    }
  }

  private void downlink(Line line, Flow flow) {
    DeviceEvent event = line.recorded().event();
    DeviceState.Configuration configuration = line.after().configuration();
    DeviceDownlink down = null;
    if (event instanceof DeviceEvent.ConfigurationDesired desired) {
      down = DeviceRecords.downlink(id, desired.configurationVersion(), desired.patch());
    } else if ((event instanceof DeviceEvent.DeviceCameOnline
            || event instanceof DeviceEvent.SessionStarted)
        && configuration.delta().size() > 0) {
      down =
          DeviceRecords.downlink(id, configuration.version(), Patch.setting(configuration.delta()));
    }
    if (down != null) {
      down.setCorrelationId(flow.correlation());
      down.setCausationId(flow.causation());
      add("device.downlink", id, "DeviceDownlink", singleObject.encode(down));
    }
  }
}
