// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.device;

import static io.twinlog.domain.device.Devices.CAME_ONLINE;
import static io.twinlog.domain.device.Devices.OVERHEATED;
import static io.twinlog.domain.device.Devices.REGISTERED;
import static io.twinlog.domain.device.Devices.TEN_PAST_NINE;
import static io.twinlog.domain.device.Devices.WENT_OFFLINE;

import io.twinlog.domain.device.DeviceEvent.DeviceDecommissioned;
import io.twinlog.domain.device.DeviceEvent.DeviceForgotten;

/** Where a device can be when something asks it to change: the columns of the decision tables. */
enum Situation {
  UNKNOWN(Status.REGISTERED),
  /** Registered, and never heard of. */
  NEW(Status.REGISTERED, REGISTERED),
  ONLINE(Status.ONLINE, REGISTERED, CAME_ONLINE),
  /** It said so. */
  OFFLINE(Status.OFFLINE, REGISTERED, CAME_ONLINE, WENT_OFFLINE),
  /** It fell silent. */
  SILENT(Status.OFFLINE, REGISTERED, CAME_ONLINE),
  FAULTED(Status.FAULTED, REGISTERED, CAME_ONLINE, OVERHEATED),
  FAULTED_OFFLINE(Status.OFFLINE, REGISTERED, CAME_ONLINE, OVERHEATED, WENT_OFFLINE),
  DECOMMISSIONED(Status.DECOMMISSIONED, REGISTERED, CAME_ONLINE, new DeviceDecommissioned("")),
  FORGOTTEN(
      Status.DECOMMISSIONED,
      REGISTERED,
      CAME_ONLINE,
      new DeviceDecommissioned(""),
      new DeviceForgotten());

  final Status status;
  private final DeviceEvent[] events;

  Situation(Status status, DeviceEvent... events) {
    this.status = status;
    this.events = events;
  }

  /** A device that is there. */
  DeviceSpecification arrange(DeviceRules rules) {
    DeviceSpecification device = DeviceSpecification.device(rules).given(events);
    return this == SILENT ? device.whenClockReaches(TEN_PAST_NINE) : device;
  }
}
