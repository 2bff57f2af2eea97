// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import io.twinlog.domain.Patch;
import io.twinlog.domain.Severity;
import io.twinlog.domain.Values;

/**
 * All that asks a device's aggregate to change: requests of users, and reports of what happened.
 */
public sealed interface DeviceCommand {

  /** A command of a user or a service; it is answered. */
  sealed interface Request extends DeviceCommand {}

  record RegisterDevice(Registration registration) implements Request {}

  record ConfigureDevice(Patch patch) implements Request {}

  record SetAttributes(Patch patch) implements Request {}

  record ReportFault(String code, Severity severity, String message) implements Request {}

  record ClearFault(String code) implements Request {}

  record DecommissionDevice(String reason) implements Request {}

  /**
   * An event that came in.
   *
   * @param eventType {@code device.online}
   * @param sessionId empty: none was said
   * @param sequence position in the session; {@link #NO_SEQUENCE}: none was said
   * @param occurredAt event time, epoch milliseconds, clamped to log time
   */
  record Report(String eventType, String sessionId, long sequence, long occurredAt, Content content)
      implements DeviceCommand {}

  long NO_SEQUENCE = -1;

  /** What a report says. */
  sealed interface Content {}

  /** A provisioning service registers the device; no sign of life. */
  record Provisioned(Registration registration) implements Content {}

  record Online() implements Content {}

  /** No sign of life: brokers send last wills. */
  record Offline(String reason) implements Content {}

  record Heartbeat() implements Content {}

  /** Telemetry; its values are another job's. */
  record Data() implements Content {}

  record Errored(String code, Severity severity, String message) implements Content {}

  /** It concerns the device, but neither comes from it nor changes it: {@code data.processed}. */
  record Aside() implements Content {}

  /** A fault has gone; an empty code: all. */
  record Recovered(String code) implements Content {}

  record ConfigurationTold(Values configuration) implements Content {}

  /** A provisioning service takes the device out; no sign of life. */
  record Withdrawn(String reason) implements Content {}
}
