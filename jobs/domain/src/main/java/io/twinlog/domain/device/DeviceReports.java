// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Decision;
import io.twinlog.domain.device.DeviceCommand.Aside;
import io.twinlog.domain.device.DeviceCommand.ConfigurationTold;
import io.twinlog.domain.device.DeviceCommand.Data;
import io.twinlog.domain.device.DeviceCommand.Errored;
import io.twinlog.domain.device.DeviceCommand.Heartbeat;
import io.twinlog.domain.device.DeviceCommand.Offline;
import io.twinlog.domain.device.DeviceCommand.Online;
import io.twinlog.domain.device.DeviceCommand.Provisioned;
import io.twinlog.domain.device.DeviceCommand.Recovered;
import io.twinlog.domain.device.DeviceCommand.Report;
import io.twinlog.domain.device.DeviceCommand.Withdrawn;
import io.twinlog.domain.device.DeviceEvent.ConfigurationReported;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceUpdated;
import io.twinlog.domain.device.DeviceEvent.DeviceWentOffline;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceEvent.SessionStarted;
import io.twinlog.domain.device.DeviceEvent.StatusIgnored;
import io.twinlog.domain.device.DeviceEvent.StatusIgnored.Why;
import io.twinlog.domain.device.DeviceState.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from the events that came in: of the device itself, of its broker, of a provisioning
 * service.
 */
final class DeviceReports {
  private final boolean autoRegister;
  private final DeviceFaults faults;

  DeviceReports(DeviceRules rules) {
    this.autoRegister = rules.autoRegister();
    this.faults = new DeviceFaults(rules.faultsMax());
  }

  Decision<DeviceEvent> decide(DeviceState state, Report report) {
    return switch (state.lifecycle()) {
      case UNKNOWN -> unknown(state, report);
      case REGISTERED -> Decision.accepted(known(state, report));
      case DECOMMISSIONED, FORGOTTEN -> DeviceRequests.decommissioned(state);
    };
  }

  private Decision<DeviceEvent> unknown(DeviceState state, Report report) {
    if (report.content() instanceof Provisioned provisioned) {
      return Decision.accepted(List.of(new DeviceRegistered(provisioned.registration(), false)));
    }
    if (!autoRegister) {
      return DeviceRequests.unknown(state);
    }
    List<DeviceEvent> events = new ArrayList<>();
    events.add(new DeviceRegistered(Registration.NONE, true));
    events.addAll(known(state, report));
    return Decision.accepted(events);
  }

  private List<DeviceEvent> known(DeviceState state, Report report) {
    List<DeviceEvent> events = new ArrayList<>();
    boolean announces = report.content() instanceof Online;
    if (!announces && Device.provesLife(report) && state.link().connection() != Connection.ONLINE) {
      events.add(new DeviceCameOnline(report.sessionId(), report.eventType()));
    }
    events.addAll(said(state, report));
    return events;
  }

  private List<DeviceEvent> said(DeviceState state, Report report) {
    DeviceCommand.Content content = report.content();
    if (content instanceof Heartbeat || content instanceof Data || content instanceof Aside) {
      return List.of();
    }
    if (content instanceof Online) {
      return online(state, report);
    }
    if (content instanceof Offline offline) {
      return offline(state.link(), report, offline);
    }
    if (content instanceof Errored errored) {
      return faults.open(state, errored.code(), errored.severity(), errored.message());
    }
    if (content instanceof Recovered recovered) {
      return recovered(state, recovered.code());
    }
    if (content instanceof ConfigurationTold told) {
      return told.configuration().equals(state.configuration().reported())
          ? List.of()
          : List.of(new ConfigurationReported(told.configuration()));
    }
    if (content instanceof Provisioned provisioned) {
      return provisioned.registration().equals(state.registration())
          ? List.of()
          : List.of(new DeviceUpdated(provisioned.registration()));
    }
    if (content instanceof Withdrawn withdrawn) {
      return List.of(new DeviceDecommissioned(withdrawn.reason()));
    }
    throw new IllegalStateException("no rule for " + content.getClass().getSimpleName());
  }

  /** No report set the status of a device that fell silent: any sign of life ends silence. */
  private static List<DeviceEvent> online(DeviceState state, Report report) {
    Link link = state.link();
    boolean silent = link.connection() == Connection.OFFLINE && state.cause() == Cause.TIMEOUT;
    if (!silent && report.occurredAt() < link.statusSetAt()) {
      return List.of(new StatusIgnored("online", Why.STALE, report.sessionId()));
    }
    if (link.connection() != Connection.ONLINE) {
      return List.of(new DeviceCameOnline(report.sessionId(), report.eventType()));
    }
    boolean reconnected =
        !report.sessionId().isEmpty() && !report.sessionId().equals(link.sessionId());
    return reconnected ? List.of(new SessionStarted(report.sessionId())) : List.of();
  }

  private static List<DeviceEvent> offline(Link link, Report report, Offline offline) {
    String session = report.sessionId();
    if (!session.isEmpty() && !link.sessionId().isEmpty() && !session.equals(link.sessionId())) {
      return List.of(new StatusIgnored("offline", Why.OTHER_SESSION, session));
    }
    if (report.occurredAt() < link.statusSetAt()) {
      return List.of(new StatusIgnored("offline", Why.STALE, session));
    }
    return link.connection() == Connection.OFFLINE
        ? List.of()
        : List.of(new DeviceWentOffline(offline.reason()));
  }

  private static List<DeviceEvent> recovered(DeviceState state, String code) {
    return state.faults().stream()
        .filter(fault -> code.isEmpty() || fault.code().equals(code))
        .<DeviceEvent>map(fault -> new FaultCleared(fault.code(), FaultCleared.Why.RECOVERED))
        .toList();
  }
}
