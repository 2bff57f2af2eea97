// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static io.twinlog.wire.device.Absent.instant;
import static io.twinlog.wire.device.Absent.toNull;

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
    return DeviceState.newBuilder()
        .setDeviceId(state.deviceId())
        .setVersion(state.version())
        .setStatus(state.status().name())
        .setConnection(link.connection().name())
        .setSince(Instant.ofEpochMilli(state.since()))
        .setCause(state.cause().text())
        .setLastOnline(instant(link.lastOnline()))
        .setLastOffline(instant(link.lastOffline()))
        .setLastSeen(instant(vitals.lastSeen()))
        .setLastData(instant(vitals.lastData()))
        .setModel(state.registration().model())
        .setFirmware(toNull(state.registration().firmware()))
        .setAttributes(Scalars.toAvro(state.attributes()))
        .setDesired(Scalars.toAvro(state.configuration().desired()))
        .setReported(Scalars.toAvro(state.configuration().reported()))
        .setDelta(Scalars.toAvro(state.configuration().delta()))
        .setFaults(DeviceStateCodec.faults(state.faults()))
        .setSessionId(toNull(link.sessionId()))
        .setFlapping(state.flapping())
        .setRulesVersion(rulesVersion)
        .build();
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
