// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.service;

import static io.twinlog.wire.Absent.orEmpty;
import static io.twinlog.wire.Absent.orZero;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceEvent;
import io.twinlog.domain.service.ServiceInfo;
import io.twinlog.schemas.HealthChanged;
import io.twinlog.schemas.ServiceCameBack;
import io.twinlog.schemas.ServiceEventData;
import io.twinlog.schemas.ServiceExpired;
import io.twinlog.schemas.ServiceFellSilent;
import io.twinlog.schemas.ServiceForgotten;
import io.twinlog.schemas.ServiceLog;
import io.twinlog.schemas.ServiceRegistered;
import io.twinlog.schemas.ServiceStopped;
import io.twinlog.schemas.ServiceUpdated;
import java.time.Instant;

/** The events of an instance of a service as records of service.log, both ways. */
public final class ServiceLogCodec {
  private ServiceLogCodec() {}

  /**
   * The record of an event.
   *
   * @param correlationId empty: none
   * @param causationId empty: none
   */
  public static ServiceLog toAvro(
      String serviceId, Recorded<ServiceEvent> recorded, String correlationId, String causationId) {
    return ServiceLog.newBuilder()
        .setServiceId(serviceId)
        .setVersion(recorded.version())
        .setEvent(name(recorded.event()))
        .setEventId(serviceId + "/" + recorded.version())
        .setOccurredAt(Instant.ofEpochMilli(recorded.occurredAt()))
        .setLoggedAt(Instant.ofEpochMilli(recorded.at().logTime()))
        .setClock(recorded.at().clock())
        .setCause(recorded.cause().text())
        .setCorrelationId(toNull(correlationId))
        .setCausationId(toNull(causationId))
        .setData(data(recorded.event()))
        .build();
  }

  /** The name under which an event is logged. */
  public static String name(ServiceEvent event) {
    return event.getClass().getSimpleName();
  }

  private static ServiceEventData data(ServiceEvent event) {
    ServiceEventData.Builder data = ServiceEventData.newBuilder();
    if (event instanceof ServiceEvent.ServiceRegistered e) {
      data.setServiceRegistered(new ServiceRegistered(toAvro(e.info())));
    } else if (event instanceof ServiceEvent.ServiceUpdated e) {
      data.setServiceUpdated(new ServiceUpdated(toAvro(e.info())));
    } else if (event instanceof ServiceEvent.HealthChanged e) {
      data.setHealthChanged(new HealthChanged(e.from().text(), e.to().text()));
    } else if (event instanceof ServiceEvent.ServiceFellSilent e) {
      data.setServiceFellSilent(new ServiceFellSilent(e.lastSeen()));
    } else if (event instanceof ServiceEvent.ServiceCameBack) {
      data.setServiceCameBack(new ServiceCameBack());
    } else if (event instanceof ServiceEvent.ServiceStopped) {
      data.setServiceStopped(new ServiceStopped());
    } else if (event instanceof ServiceEvent.ServiceExpired) {
      data.setServiceExpired(new ServiceExpired());
    } else if (event instanceof ServiceEvent.ServiceForgotten) {
      data.setServiceForgotten(new ServiceForgotten());
    } else {
      throw new IllegalStateException("no record for " + name(event));
    }
    return data.build();
  }

  private static io.twinlog.schemas.ServiceInfo toAvro(ServiceInfo info) {
    return new io.twinlog.schemas.ServiceInfo(
        info.name(), info.endpoint(), toNull(info.version()), toNull(info.intervalMillis()));
  }

  private static ServiceInfo fromAvro(io.twinlog.schemas.ServiceInfo info) {
    return new ServiceInfo(
        info.getName(),
        info.getEndpoint(),
        orEmpty(info.getVersion()),
        orZero(info.getIntervalMs()));
  }

  /**
   * The event of a record.
   *
   * @throws IllegalArgumentException when this build does not know the event; its version still
   *     counts
   */
  public static Recorded<ServiceEvent> fromAvro(ServiceLog log) {
    return new Recorded<>(
        log.getVersion(),
        new Moment(log.getClock(), log.getLoggedAt().toEpochMilli()),
        log.getOccurredAt().toEpochMilli(),
        Cause.of(log.getCause()),
        event(log.getEvent(), log.getData()));
  }

  private static ServiceEvent event(String name, ServiceEventData data) {
    return switch (name) {
      case "ServiceRegistered" ->
          new ServiceEvent.ServiceRegistered(fromAvro(data.getServiceRegistered().getInfo()));
      case "ServiceUpdated" ->
          new ServiceEvent.ServiceUpdated(fromAvro(data.getServiceUpdated().getInfo()));
      case "HealthChanged" ->
          new ServiceEvent.HealthChanged(
              Health.of(data.getHealthChanged().getFrom()),
              Health.of(data.getHealthChanged().getTo()));
      case "ServiceFellSilent" ->
          new ServiceEvent.ServiceFellSilent(data.getServiceFellSilent().getLastSeen());
      case "ServiceCameBack" -> new ServiceEvent.ServiceCameBack();
      case "ServiceStopped" -> new ServiceEvent.ServiceStopped();
      case "ServiceExpired" -> new ServiceEvent.ServiceExpired();
      case "ServiceForgotten" -> new ServiceEvent.ServiceForgotten();
      default ->
          throw new IllegalArgumentException("an event that this build does not know: " + name);
    };
  }
}
