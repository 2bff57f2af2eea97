// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static io.twinlog.wire.Absent.instant;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.Patch;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.domain.device.DeviceState.Link;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.domain.device.Status;
import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.schemas.DeviceState;
import io.twinlog.schemas.DeviceStatus;
import io.twinlog.wire.Scalars;
import java.time.Instant;

/**
 * What the device job tells others of a device: the projection, the notice of a transition, the
 * downlink.
 */
public final class DeviceRecords {
  private DeviceRecords() {}

  /** The record of device.state. */
  public static DeviceState state(
      io.twinlog.domain.device.DeviceState state, DeviceVitals vitals, long rulesVersion) {
    Link link = state.link();
    // Not by the builder: it copies the schema, at each of the most frequent records of the job.
    DeviceState record = new DeviceState();
    record.setDeviceId(state.deviceId());
    record.setVersion(state.version());
    record.setStatus(state.status().name());
    record.setConnection(link.connection().name());
    record.setSince(Instant.ofEpochMilli(state.since()));
    record.setCause(state.cause().text());
    record.setLastOnline(instant(link.lastOnline()));
    record.setLastOffline(instant(link.lastOffline()));
    record.setLastSeen(instant(vitals.lastSeen()));
    record.setLastData(instant(vitals.lastData()));
    record.setModel(state.registration().model());
    record.setFirmware(toNull(state.registration().firmware()));
    record.setAttributes(Scalars.toAvro(state.attributes()));
    record.setDesired(Scalars.toAvro(state.configuration().desired()));
    record.setReported(Scalars.toAvro(state.configuration().reported()));
    record.setDelta(Scalars.toAvro(state.configuration().delta()));
    record.setFaults(DeviceStateCodec.faults(state.faults()));
    record.setSessionId(toNull(link.sessionId()));
    record.setFlapping(state.flapping());
    record.setRulesVersion(rulesVersion);
    return record;
  }

  /**
   * A record of device.status: the transition that {@code recorded} made, from {@code from} to
   * {@code to}.
   */
  public static DeviceStatus status(
      String deviceId, Recorded<DeviceEvent> recorded, Status from, Status to, boolean flapping) {
    return DeviceStatus.newBuilder()
        .setDeviceId(deviceId)
        .setVersion(recorded.version())
        .setFrom(from.name())
        .setTo(to.name())
        .setCause(recorded.cause().text())
        .setOccurredAt(Instant.ofEpochMilli(recorded.occurredAt()))
        .setFlapping(flapping)
        .setHeld(flapping)
        .build();
  }

  /** A record of device.downlink. */
  public static DeviceDownlink downlink(String deviceId, long configurationVersion, Patch patch) {
    return DeviceDownlink.newBuilder()
        .setDeviceId(deviceId)
        .setVersion(configurationVersion)
        .setPatch(Scalars.toAvro(patch))
        .build();
  }
}
