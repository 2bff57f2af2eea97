// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.device.DeviceAlarm;
import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.flink.AggregateBinding.StateNow;
import io.twinlog.flink.Change.Step;
import io.twinlog.flink.Input;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Event;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.device.DeviceErrors;
import io.twinlog.wire.device.DeviceErrors.Telling;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the inbox of alerts what is wrong with devices, and what is not any more. What becomes of
 * it is decided there.
 */
final class DeviceAlarms {
  private final DeviceErrors errors;
  private final SingleObject singleObject = new SingleObject();

  /** Codes of faults that the input which is worked on has cleared. */
  private final Set<String> cleared = new HashSet<>();

  /**
   * @param labels attributes that become labels of its alerts
   */
  DeviceAlarms(List<String> labels) {
    this.errors = new DeviceErrors(labels);
  }

  /** A new input is worked on. */
  void begin() {
    cleared.clear();
  }

  /** Of an event of the device's log. */
  void moved(Step<DeviceState, DeviceEvent> step, Trace trace, Outputs outputs) {
    String device = step.after().deviceId();
    long version = step.recorded().version();
    for (DeviceAlarm alarm : DeviceAlarm.between(step.before(), step.recorded(), step.after())) {
      String id = "%s/%d/%s".formatted(device, version, alarm.code());
      tell(alarm, step.after(), telling(id, step.recorded().occurredAt(), trace), trace, outputs);
      cleared.add(alarm.code());
    }
  }

  /**
   * Each report of a fault counts, be it open already or not; and so does each recovery, as a fault
   * that gave way to others has an alert, too.
   */
  void heard(Input<DeviceCommand> input, StateNow<DeviceState> state, Outputs outputs)
      throws IOException {
    if (input instanceof Input.Report<DeviceCommand> report
        && report.command() instanceof Report said) {
      Optional<DeviceAlarm> alarm = DeviceAlarm.of(said);
      if (alarm.isPresent() && !cleared.contains(alarm.get().code())) {
        alarm(
            alarm.get(), state.get(), said.occurredAt(), report.idHash(), report.trace(), outputs);
      }
    } else if (input instanceof Input.Request<DeviceCommand> request) {
      Optional<DeviceAlarm> alarm = DeviceAlarm.of(request.command());
      if (alarm.isPresent()) {
        long hash = IdHash.of("commands", request.name(), request.id());
        alarm(alarm.get(), state.get(), outputs.logTime(), hash, request.trace(), outputs);
      }
    }
  }

  private void alarm(
      DeviceAlarm alarm,
      DeviceState state,
      long occurredAt,
      long hash,
      Trace trace,
      Outputs outputs) {
    String id = state.deviceId() + "/fault/" + Long.toHexString(hash);
    tell(alarm, state, telling(id, occurredAt, trace), trace, outputs);
  }

  private static Telling telling(String id, long occurredAt, Trace trace) {
    return new Telling(id, occurredAt, trace.correlationId(), trace.causationId());
  }

  private void tell(
      DeviceAlarm alarm, DeviceState state, Telling telling, Trace trace, Outputs outputs) {
    Event event = errors.event(alarm, state, telling);
    outputs.addError(event, singleObject.encode(event), trace, List.of());
  }
}
