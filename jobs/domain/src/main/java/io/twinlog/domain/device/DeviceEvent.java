// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Patch;
import io.twinlog.domain.Severity;
import io.twinlog.domain.Values;

/** What happens to a device: the facts of device.log, and nothing that is not in it. */
public sealed interface DeviceEvent {

  /**
   * @param auto an event of an unknown device did it
   */
  record DeviceRegistered(Registration registration, boolean auto) implements DeviceEvent {}

  /** It was registered again, with another content. */
  record DeviceUpdated(Registration registration) implements DeviceEvent {}

  /**
   * @param by type of the event that proved it
   */
  record DeviceCameOnline(String sessionId, String by) implements DeviceEvent {}

  record DeviceWentOffline(String reason) implements DeviceEvent {}

  /** It connected again without having gone. */
  record SessionStarted(String sessionId) implements DeviceEvent {}

  /** A status report that changed nothing. */
  record StatusIgnored(String status, Why why, String sessionId) implements DeviceEvent {
    /** Why it changed nothing. */
    public enum Why {
      /** Older than the report that set the status. */
      STALE,
      /** The offline of another session than the current one. */
      OTHER_SESSION
    }
  }

  /**
   * @param gaps gaps since the last that was logged, this one included
   */
  record SequenceGap(String sessionId, long expected, long got, int gaps) implements DeviceEvent {}

  /** A fault is open, or an open one has another severity or message. */
  record FaultOpened(String code, Severity severity, String message) implements DeviceEvent {}

  record FaultCleared(String code, Why why) implements DeviceEvent {
    /** What closed it. */
    public enum Why {
      RECOVERED,
      COMMAND,
      /** It was the oldest, and there was no room for a new one. */
      OVERFLOW
    }
  }

  record ConfigurationDesired(long configurationVersion, Patch patch) implements DeviceEvent {}

  record ConfigurationReported(Values configuration) implements DeviceEvent {}

  record AttributesSet(Patch patch) implements DeviceEvent {}

  /**
   * @param percent weighted share of transitions
   */
  record FlappingStarted(int percent) implements DeviceEvent {}

  record FlappingStopped(int percent) implements DeviceEvent {}

  record DeviceDecommissioned(String reason) implements DeviceEvent {}

  /** The retention after decommissioning has passed. */
  record DeviceForgotten() implements DeviceEvent {}
}
