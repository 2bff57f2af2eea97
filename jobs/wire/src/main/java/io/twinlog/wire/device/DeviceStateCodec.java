// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static io.twinlog.wire.Absent.instant;
import static io.twinlog.wire.Absent.millis;
import static io.twinlog.wire.Absent.orEmpty;
import static io.twinlog.wire.Absent.orZero;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Severity;
import io.twinlog.domain.device.Connection;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceState.Configuration;
import io.twinlog.domain.device.DeviceState.Link;
import io.twinlog.domain.device.Fault;
import io.twinlog.domain.device.Lifecycle;
import io.twinlog.domain.device.Registration;
import io.twinlog.domain.device.Status;
import io.twinlog.schemas.DeviceSnapshot;
import io.twinlog.wire.Codec;
import io.twinlog.wire.Scalars;
import io.twinlog.wire.SingleObject;
import java.time.Instant;
import java.util.List;

/** The state of a device as {@link DeviceSnapshot}: in device.snapshots, and in RocksDB. */
public final class DeviceStateCodec implements Codec<DeviceState> {
  private final SingleObject singleObject = new SingleObject();

  @Override
  public byte[] encode(DeviceState state) {
    return singleObject.encode(toAvro(state));
  }

  @Override
  public DeviceState decode(byte[] bytes) {
    return fromAvro(singleObject.decode(bytes, DeviceSnapshot.class));
  }

  static DeviceSnapshot toAvro(DeviceState state) {
    Link link = state.link();
    return DeviceSnapshot.newBuilder()
        .setDeviceId(state.deviceId())
        .setVersion(state.version())
        .setLifecycle(state.lifecycle().name())
        .setConnection(link.connection().name())
        .setSince(Instant.ofEpochMilli(state.since()))
        .setCause(state.cause().text())
        .setLastOnline(instant(link.lastOnline()))
        .setLastOffline(instant(link.lastOffline()))
        .setStatusSetAt(
            link.statusSetAt() == Link.NONE.statusSetAt()
                ? null
                : Instant.ofEpochMilli(link.statusSetAt()))
        .setRegistration(toAvro(state.registration()))
        .setAttributes(Scalars.toAvro(state.attributes()))
        .setDesiredVersion(state.configuration().version())
        .setDesired(Scalars.toAvro(state.configuration().desired()))
        .setReported(Scalars.toAvro(state.configuration().reported()))
        .setFaults(faults(state.faults()))
        .setSessionId(toNull(link.sessionId()))
        .setFlapping(state.flapping())
        .setAnnouncedStatus(state.announcedStatus().name())
        .setDecommissionedClock(state.decommissionedClock())
        .build();
  }

  static DeviceState fromAvro(DeviceSnapshot snapshot) {
    Link link =
        new Link(
            Connection.valueOf(snapshot.getConnection()),
            orEmpty(snapshot.getSessionId()),
            snapshot.getStatusSetAt() == null
                ? Link.NONE.statusSetAt()
                : snapshot.getStatusSetAt().toEpochMilli(),
            millis(snapshot.getLastOnline()),
            millis(snapshot.getLastOffline()));
    return new DeviceState(
        snapshot.getDeviceId(),
        snapshot.getVersion(),
        Lifecycle.valueOf(snapshot.getLifecycle()),
        link,
        snapshot.getSince().toEpochMilli(),
        Cause.of(snapshot.getCause()),
        fromAvro(snapshot.getRegistration()),
        Scalars.valuesOf(snapshot.getAttributes()),
        new Configuration(
            snapshot.getDesiredVersion(),
            Scalars.valuesOf(snapshot.getDesired()),
            Scalars.valuesOf(snapshot.getReported())),
        snapshot.getFaults().stream().map(DeviceStateCodec::fault).toList(),
        snapshot.getFlapping(),
        Status.valueOf(snapshot.getAnnouncedStatus()),
        snapshot.getDecommissionedClock());
  }

  static List<io.twinlog.schemas.Fault> faults(List<Fault> faults) {
    return faults.stream()
        .map(
            fault ->
                new io.twinlog.schemas.Fault(
                    fault.code(),
                    fault.severity().text(),
                    fault.message(),
                    Instant.ofEpochMilli(fault.since())))
        .toList();
  }

  private static Fault fault(io.twinlog.schemas.Fault fault) {
    return new Fault(
        fault.getCode(),
        Severity.of(fault.getSeverity()),
        fault.getMessage(),
        fault.getSince().toEpochMilli());
  }

  static io.twinlog.schemas.Registration toAvro(Registration registration) {
    return new io.twinlog.schemas.Registration(
        registration.model(),
        toNull(registration.firmware()),
        Scalars.toAvro(registration.attributes()),
        toNull(registration.heartbeatIntervalMillis()),
        toNull(registration.timeoutMillis()));
  }

  static Registration fromAvro(io.twinlog.schemas.Registration registration) {
    return new Registration(
        registration.getModel(),
        orEmpty(registration.getFirmware()),
        Scalars.valuesOf(registration.getAttributes()),
        orZero(registration.getHeartbeatIntervalMs()),
        orZero(registration.getTimeoutMs()));
  }
}
