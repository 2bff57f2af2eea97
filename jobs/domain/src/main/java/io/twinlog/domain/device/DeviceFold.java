// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceEvent.AttributesSet;
import io.twinlog.domain.device.DeviceEvent.ConfigurationDesired;
import io.twinlog.domain.device.DeviceEvent.ConfigurationReported;
import io.twinlog.domain.device.DeviceEvent.DeviceCameOnline;
import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.DeviceForgotten;
import io.twinlog.domain.device.DeviceEvent.DeviceRegistered;
import io.twinlog.domain.device.DeviceEvent.DeviceUpdated;
import io.twinlog.domain.device.DeviceEvent.DeviceWentOffline;
import io.twinlog.domain.device.DeviceEvent.FaultCleared;
import io.twinlog.domain.device.DeviceEvent.FaultOpened;
import io.twinlog.domain.device.DeviceEvent.FlappingStarted;
import io.twinlog.domain.device.DeviceEvent.FlappingStopped;
import io.twinlog.domain.device.DeviceEvent.SequenceGap;
import io.twinlog.domain.device.DeviceEvent.SessionStarted;
import io.twinlog.domain.device.DeviceEvent.StatusIgnored;
import io.twinlog.domain.device.DeviceState.Configuration;
import io.twinlog.domain.device.DeviceState.Draft;
import io.twinlog.domain.device.DeviceState.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * The fold of a device: its state after an event. It refuses nothing and needs nothing but the log,
 * so a job, a query and a test that fold the same events hold the same state.
 */
public final class DeviceFold {
  private DeviceFold() {}

  /** The state after {@code recorded}. */
  public static DeviceState evolve(DeviceState state, Recorded<DeviceEvent> recorded) {
    Draft draft = new Draft(state);
    apply(draft, recorded);
    return draft.after(recorded);
  }

  private static void apply(Draft draft, Recorded<DeviceEvent> recorded) {
    DeviceEvent event = recorded.event();
    if (event instanceof DeviceRegistered e) {
      draft.lifecycle = Lifecycle.REGISTERED;
      draft.registration = e.registration();
      draft.attributes = e.registration().attributes();
    } else if (event instanceof DeviceUpdated e) {
      draft.attributes = updated(draft, e.registration());
      draft.registration = e.registration();
    } else if (event instanceof DeviceCameOnline e) {
      draft.link = cameOnline(draft.link, e.sessionId(), recorded);
    } else if (event instanceof DeviceWentOffline) {
      draft.link = wentOffline(draft.link, recorded);
    } else if (event instanceof SessionStarted e) {
      Link link = draft.link;
      draft.link =
          new Link(
              link.connection(),
              e.sessionId(),
              recorded.occurredAt(),
              link.lastOnline(),
              link.lastOffline());
    } else if (event instanceof FaultOpened e) {
      draft.faults =
          with(
              draft.faults,
              new Fault(e.code(), e.severity(), e.message(), recorded.at().logTime()));
    } else if (event instanceof FaultCleared e) {
      draft.faults = draft.faults.stream().filter(fault -> !fault.code().equals(e.code())).toList();
    } else {
      applyRare(draft, recorded);
    }
  }

  private static void applyRare(Draft draft, Recorded<DeviceEvent> recorded) {
    DeviceEvent event = recorded.event();
    Configuration configuration = draft.configuration;
    if (event instanceof ConfigurationDesired e) {
      draft.configuration =
          new Configuration(
              e.configurationVersion(),
              configuration.desired().patched(e.patch()),
              configuration.reported());
    } else if (event instanceof ConfigurationReported e) {
      draft.configuration =
          new Configuration(configuration.version(), configuration.desired(), e.configuration());
    } else if (event instanceof AttributesSet e) {
      draft.attributes = draft.attributes.patched(e.patch());
    } else if (event instanceof FlappingStarted) {
      draft.flapping = true;
    } else if (event instanceof FlappingStopped) {
      draft.flapping = false;
    } else if (event instanceof DeviceDecommissioned) {
      draft.lifecycle = Lifecycle.DECOMMISSIONED;
      draft.decommissionedClock = recorded.at().clock();
      // Nothing would end the flapping any more, and its last notice would be held for ever.
      draft.flapping = false;
    } else if (event instanceof DeviceForgotten) {
      draft.lifecycle = Lifecycle.FORGOTTEN;
    } else if (!(event instanceof StatusIgnored || event instanceof SequenceGap)) {
      throw new IllegalStateException("no rule for " + event.getClass().getSimpleName());
    }
  }

  /**
   * The attributes after a changed registration: what it changed moves, what others have set since
   * stays.
   */
  private static Values updated(Draft draft, Registration next) {
    return draft.attributes.patched(draft.registration.attributes().patchTo(next.attributes()));
  }

  private static Link cameOnline(Link link, String sessionId, Recorded<DeviceEvent> recorded) {
    return new Link(
        Connection.ONLINE,
        sessionId.isEmpty() ? link.sessionId() : sessionId,
        recorded.occurredAt(),
        recorded.at().logTime(),
        link.lastOffline());
  }

  /** A timeout is no report: the event time of the last report stays. */
  private static Link wentOffline(Link link, Recorded<DeviceEvent> recorded) {
    boolean reported = recorded.cause() == Cause.ANNOUNCED;
    return new Link(
        Connection.OFFLINE,
        link.sessionId(),
        reported ? recorded.occurredAt() : link.statusSetAt(),
        link.lastOnline(),
        recorded.at().logTime());
  }

  /** An open fault keeps its place and its beginning. */
  private static List<Fault> with(List<Fault> faults, Fault opened) {
    List<Fault> result = new ArrayList<>(faults);
    for (int i = 0; i < result.size(); i++) {
      Fault fault = result.get(i);
      if (fault.code().equals(opened.code())) {
        result.set(i, new Fault(fault.code(), opened.severity(), opened.message(), fault.since()));
        return result;
      }
    }
    result.add(opened);
    return result;
  }
}
