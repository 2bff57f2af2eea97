// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceCommand.Content;
import io.twinlog.domain.device.DeviceCommand.Errored;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceCommand.ReportFault;
import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a device tells those who look after alerts. */
public sealed interface DeviceAlarm {
  /** Code of what is wrong with a device that is offline. */
  String OFFLINE = "device.offline";

  /** What is wrong, or is not any more. */
  String code();

  /** A fault was reported, be it open already or not: how often is for others to judge. */
  record Faulted(String code, Severity severity, String message) implements DeviceAlarm {}

  /** A fault is open no more. */
  record Recovered(String code) implements DeviceAlarm {}

  /** The device is offline; whether that matters, and when, is not for it to say. */
  record WentOffline(String message) implements DeviceAlarm {
    @Override
    public String code() {
      return OFFLINE;
    }
  }

  /** It is offline no more. */
  record CameOnline() implements DeviceAlarm {
    @Override
    public String code() {
      return OFFLINE;
    }
  }

  /** Of a report or request that was accepted; empty: it tells of no fault, nor of its end. */
  static Optional<DeviceAlarm> of(DeviceCommand command) {
    if (command instanceof ReportFault fault) {
      return Optional.of(new Faulted(fault.code(), fault.severity(), fault.message()));
    }
    return command instanceof Report report ? of(report.content()) : Optional.empty();
  }

  private static Optional<DeviceAlarm> of(Content content) {
    if (content instanceof Errored errored) {
      return Optional.of(new Faulted(errored.code(), errored.severity(), errored.message()));
    }
    // Without a code it means those that are open, and they are told of one by one.
    return content instanceof DeviceCommand.Recovered recovered && !recovered.code().isEmpty()
        ? Optional.of(new Recovered(recovered.code()))
        : Optional.empty();
  }

  /** Of an event, and the state on both sides of it. Faults that open are told by their report. */
  static List<DeviceAlarm> between(
      DeviceState before, Recorded<DeviceEvent> recorded, DeviceState after) {
    List<DeviceAlarm> alarms = new ArrayList<>();
    boolean wasOffline = isOffline(before);
    if (!wasOffline && isOffline(after)) {
      alarms.add(new WentOffline("offline: " + recorded.cause().text()));
    } else if (wasOffline && !isOffline(after)) {
      alarms.add(new CameOnline());
    }
    if (recorded.event() instanceof FaultCleared cleared) {
      // One that gave way to another is still there, for all that is known.
      if (cleared.why() != FaultCleared.Why.OVERFLOW) {
        alarms.add(new Recovered(cleared.code()));
      }
    } else if (recorded.event() instanceof DeviceDecommissioned) {
      before.faults().forEach(fault -> alarms.add(new Recovered(fault.code())));
    }
    return alarms;
  }

  private static boolean isOffline(DeviceState state) {
    return state.lifecycle() == Lifecycle.REGISTERED
        && state.link().connection() == Connection.OFFLINE;
  }
}
