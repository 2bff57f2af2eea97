// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static io.twinlog.wire.Absent.orEmpty;
import static io.twinlog.wire.Absent.toNull;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.Severity;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.schemas.AttributesSet;
import io.twinlog.schemas.ConfigurationDesired;
import io.twinlog.schemas.ConfigurationReported;
import io.twinlog.schemas.DeviceCameOnline;
import io.twinlog.schemas.DeviceDecommissioned;
import io.twinlog.schemas.DeviceEventData;
import io.twinlog.schemas.DeviceForgotten;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.schemas.DeviceRegistered;
import io.twinlog.schemas.DeviceUpdated;
import io.twinlog.schemas.DeviceWentOffline;
import io.twinlog.schemas.FaultCleared;
import io.twinlog.schemas.FaultOpened;
import io.twinlog.schemas.FlappingStarted;
import io.twinlog.schemas.FlappingStopped;
import io.twinlog.schemas.SequenceGap;
import io.twinlog.schemas.SessionStarted;
import io.twinlog.schemas.StatusIgnored;
import io.twinlog.wire.Scalars;
import java.time.Instant;
import java.util.Locale;

/** The events of a device as records of device.log, both ways. */
public final class DeviceLogCodec {
  private DeviceLogCodec() {}

  /**
   * The record of an event.
   *
   * @param correlationId empty: none
   * @param causationId empty: none
   */
  public static DeviceLog toAvro(
      String deviceId, Recorded<DeviceEvent> recorded, String correlationId, String causationId) {
    return DeviceLog.newBuilder()
        .setDeviceId(deviceId)
        .setVersion(recorded.version())
        .setEvent(name(recorded.event()))
        .setEventId(deviceId + "/" + recorded.version())
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
  public static String name(DeviceEvent event) {
    return event.getClass().getSimpleName();
  }

  private static DeviceEventData data(DeviceEvent event) {
    DeviceEventData.Builder data = DeviceEventData.newBuilder();
    if (event instanceof DeviceEvent.DeviceRegistered e) {
      data.setDeviceRegistered(
          new DeviceRegistered(DeviceStateCodec.toAvro(e.registration()), e.auto()));
    } else if (event instanceof DeviceEvent.DeviceUpdated e) {
      data.setDeviceUpdated(new DeviceUpdated(DeviceStateCodec.toAvro(e.registration())));
    } else if (event instanceof DeviceEvent.DeviceCameOnline e) {
      data.setDeviceCameOnline(new DeviceCameOnline(toNull(e.sessionId()), e.by()));
    } else if (event instanceof DeviceEvent.DeviceWentOffline e) {
      data.setDeviceWentOffline(new DeviceWentOffline(toNull(e.reason())));
    } else if (event instanceof DeviceEvent.SessionStarted e) {
      data.setSessionStarted(new SessionStarted(toNull(e.sessionId())));
    } else if (event instanceof DeviceEvent.StatusIgnored e) {
      data.setStatusIgnored(new StatusIgnored(e.status(), text(e.why()), toNull(e.sessionId())));
    } else if (event instanceof DeviceEvent.SequenceGap e) {
      data.setSequenceGap(new SequenceGap(toNull(e.sessionId()), e.expected(), e.got(), e.gaps()));
    } else if (event instanceof DeviceEvent.FaultOpened e) {
      data.setFaultOpened(new FaultOpened(e.code(), e.severity().text(), e.message()));
    } else if (event instanceof DeviceEvent.FaultCleared e) {
      data.setFaultCleared(new FaultCleared(e.code(), text(e.why())));
    } else {
      rareData(data, event);
    }
    return data.build();
  }

  private static void rareData(DeviceEventData.Builder data, DeviceEvent event) {
    if (event instanceof DeviceEvent.ConfigurationDesired e) {
      data.setConfigurationDesired(
          new ConfigurationDesired(e.configurationVersion(), Scalars.toAvro(e.patch())));
    } else if (event instanceof DeviceEvent.ConfigurationReported e) {
      data.setConfigurationReported(new ConfigurationReported(Scalars.toAvro(e.configuration())));
    } else if (event instanceof DeviceEvent.AttributesSet e) {
      data.setAttributesSet(new AttributesSet(Scalars.toAvro(e.patch())));
    } else if (event instanceof DeviceEvent.FlappingStarted e) {
      data.setFlappingStarted(new FlappingStarted(e.percent()));
    } else if (event instanceof DeviceEvent.FlappingStopped e) {
      data.setFlappingStopped(new FlappingStopped(e.percent()));
    } else if (event instanceof DeviceEvent.DeviceDecommissioned e) {
      data.setDeviceDecommissioned(new DeviceDecommissioned(toNull(e.reason())));
    } else if (event instanceof DeviceEvent.DeviceForgotten) {
      data.setDeviceForgotten(new DeviceForgotten());
    } else {
      throw new IllegalStateException("no record for " + name(event));
    }
  }

  private static String text(Enum<?> why) {
    return why.name().toLowerCase(Locale.ROOT);
  }

  private static <T extends Enum<T>> T why(Class<T> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  /**
   * The event of a record.
   *
   * @throws IllegalArgumentException when this build does not know the event; its version still
   *     counts
   */
  public static Recorded<DeviceEvent> fromAvro(DeviceLog log) {
    return new Recorded<>(
        log.getVersion(),
        new Moment(log.getClock(), log.getLoggedAt().toEpochMilli()),
        log.getOccurredAt().toEpochMilli(),
        Cause.of(log.getCause()),
        event(log.getEvent(), log.getData()));
  }

  private static DeviceEvent event(String name, DeviceEventData data) {
    return switch (name) {
      case "DeviceRegistered" ->
          new DeviceEvent.DeviceRegistered(
              DeviceStateCodec.fromAvro(data.getDeviceRegistered().getRegistration()),
              data.getDeviceRegistered().getAuto());
      case "DeviceUpdated" ->
          new DeviceEvent.DeviceUpdated(
              DeviceStateCodec.fromAvro(data.getDeviceUpdated().getRegistration()));
      case "DeviceCameOnline" ->
          new DeviceEvent.DeviceCameOnline(
              orEmpty(data.getDeviceCameOnline().getSessionId()),
              data.getDeviceCameOnline().getBy());
      case "DeviceWentOffline" ->
          new DeviceEvent.DeviceWentOffline(orEmpty(data.getDeviceWentOffline().getReason()));
      case "SessionStarted" ->
          new DeviceEvent.SessionStarted(orEmpty(data.getSessionStarted().getSessionId()));
      case "StatusIgnored" ->
          new DeviceEvent.StatusIgnored(
              data.getStatusIgnored().getStatus(),
              why(DeviceEvent.StatusIgnored.Why.class, data.getStatusIgnored().getWhy()),
              orEmpty(data.getStatusIgnored().getSessionId()));
      case "SequenceGap" -> {
        SequenceGap gap = data.getSequenceGap();
        yield new DeviceEvent.SequenceGap(
            orEmpty(gap.getSessionId()), gap.getExpected(), gap.getGot(), gap.getGaps());
      }
      default -> rareEvent(name, data);
    };
  }

  private static DeviceEvent rareEvent(String name, DeviceEventData data) {
    return switch (name) {
      case "FaultOpened" -> {
        FaultOpened fault = data.getFaultOpened();
        yield new DeviceEvent.FaultOpened(
            fault.getCode(), Severity.of(fault.getSeverity()), fault.getMessage());
      }
      case "FaultCleared" ->
          new DeviceEvent.FaultCleared(
              data.getFaultCleared().getCode(),
              why(DeviceEvent.FaultCleared.Why.class, data.getFaultCleared().getWhy()));
      case "ConfigurationDesired" ->
          new DeviceEvent.ConfigurationDesired(
              data.getConfigurationDesired().getConfigurationVersion(),
              Scalars.patchOf(data.getConfigurationDesired().getPatch()));
      case "ConfigurationReported" ->
          new DeviceEvent.ConfigurationReported(
              Scalars.valuesOf(data.getConfigurationReported().getConfiguration()));
      case "AttributesSet" ->
          new DeviceEvent.AttributesSet(Scalars.patchOf(data.getAttributesSet().getPatch()));
      case "FlappingStarted" ->
          new DeviceEvent.FlappingStarted(data.getFlappingStarted().getPercent());
      case "FlappingStopped" ->
          new DeviceEvent.FlappingStopped(data.getFlappingStopped().getPercent());
      case "DeviceDecommissioned" ->
          new DeviceEvent.DeviceDecommissioned(orEmpty(data.getDeviceDecommissioned().getReason()));
      case "DeviceForgotten" -> new DeviceEvent.DeviceForgotten();
      default ->
          throw new IllegalArgumentException("an event that this build does not know: " + name);
    };
  }
}
