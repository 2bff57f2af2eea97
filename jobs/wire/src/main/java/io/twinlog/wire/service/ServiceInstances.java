// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import static io.twinlog.wire.Absent.instant;
import static io.twinlog.wire.Absent.orEmpty;
import static io.twinlog.wire.Absent.orZero;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceInfo;
import io.twinlog.domain.service.ServiceState;
import io.twinlog.domain.service.ServiceState.Presence;
import io.twinlog.domain.service.ServiceVitals;
import io.twinlog.schemas.ServiceInstance;
import io.twinlog.wire.Codec;
import io.twinlog.wire.SingleObject;
import java.time.Instant;

/**
 * An instance of a service as {@link ServiceInstance}: in service.registry, and, without what is
 * not in its log, in RocksDB.
 */
public final class ServiceInstances implements Codec<ServiceState> {
  private final SingleObject singleObject = new SingleObject();

  @Override
  public byte[] encode(ServiceState state) {
    return singleObject.encode(toAvro(state));
  }

  @Override
  public ServiceState decode(byte[] bytes) {
    ServiceInstance instance = singleObject.decode(bytes, ServiceInstance.class);
    return new ServiceState(
        instance.getServiceId(),
        instance.getVersion(),
        Presence.valueOf(instance.getPresence()),
        new ServiceInfo(
            instance.getName(),
            instance.getEndpoint(),
            orEmpty(instance.getServiceVersion()),
            orZero(instance.getIntervalMs())),
        Health.of(instance.getReported()),
        instance.getRegisteredAt().toEpochMilli(),
        instance.getSince().toEpochMilli());
  }

  /** The record of service.registry. */
  public static ServiceInstance projection(
      ServiceState state, ServiceVitals vitals, long rulesVersion) {
    ServiceInstance instance = toAvro(state);
    instance.setLastSeen(instant(vitals.lastSeenAt()));
    instance.setRulesVersion(rulesVersion);
    return instance;
  }

  private static ServiceInstance toAvro(ServiceState state) {
    ServiceInfo info = state.info();
    return new ServiceInstance(
        state.serviceId(),
        state.version(),
        info.name(),
        info.endpoint(),
        toNull(info.version()),
        toNull(info.intervalMillis()),
        state.health().text(),
        state.reported().text(),
        state.presence().name(),
        Instant.ofEpochMilli(state.registeredAt()),
        Instant.ofEpochMilli(state.since()),
        null,
        0L);
  }
}
