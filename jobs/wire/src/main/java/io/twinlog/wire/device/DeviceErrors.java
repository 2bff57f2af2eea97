// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.Scalar;
import io.twinlog.domain.device.DeviceAlarm;
import io.twinlog.domain.device.DeviceAlarm.CameOnline;
import io.twinlog.domain.device.DeviceAlarm.Faulted;
import io.twinlog.domain.device.DeviceAlarm.Recovered;
import io.twinlog.domain.device.DeviceAlarm.WentOffline;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.ingress.Payloads;
import java.time.Instant;
import java.util.List;

/**
 * What a device tells those who look after alerts, as events of {@code events.error}. Payloads:
 * docs/reference/events.md.
 */
public final class DeviceErrors {
  private static final String ERROR = "device.error";
  private static final String RECOVERED = "device.recovered";
  private static final String OFFLINE = "device.offline";
  private static final String ONLINE = "device.online";

  private final List<String> labels;

  /**
   * @param labels attributes that become labels, beside the model
   */
  public DeviceErrors(List<String> labels) {
    this.labels = List.copyOf(labels);
  }

  /**
   * What an event of {@code events.error} is told by.
   *
   * @param id derived: one of its own for each alarm of the device
   * @param occurredAt event time, epoch ms
   * @param correlationId empty: none
   * @param causationId empty: none
   */
  public record Telling(String id, long occurredAt, String correlationId, String causationId) {}

  /**
   * The event.
   *
   * @param device as it is after what it tells
   */
  public Event event(DeviceAlarm alarm, DeviceState device, Telling telling) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("device_id", device.deviceId()).put("code", alarm.code());
    String type;
    if (alarm instanceof Faulted faulted) {
      type = ERROR;
      payload
          .putObject("error")
          .put("code", faulted.code())
          .put("severity", faulted.severity().text())
          .put("message", faulted.message());
    } else if (alarm instanceof WentOffline offline) {
      type = OFFLINE;
      payload.put("message", offline.message());
    } else if (alarm instanceof Recovered) {
      type = RECOVERED;
    } else if (alarm instanceof CameOnline) {
      type = ONLINE;
    } else {
      throw new IllegalStateException("no event for " + alarm);
    }
    addLabels(device, payload.putObject("labels"));
    return Event.newBuilder()
        .setId(telling.id())
        .setEventType(type)
        .setSource(new EventSource(PlatformErrors.SERVICE, device.deviceId(), "1"))
        .setTimestamp(Instant.ofEpochMilli(telling.occurredAt()))
        .setData(Payloads.json(payload, "1"))
        .setMetadata(
            EventMetadata.newBuilder()
                .setCorrelationId(orNull(telling.correlationId()))
                .setCausationId(orNull(telling.causationId()))
                .build())
        .build();
  }

  private void addLabels(DeviceState device, ObjectNode target) {
    String model = device.registration().model();
    if (!model.isEmpty()) {
      target.put("model", model);
    }
    for (String label : labels) {
      Scalar value = device.attributes().entries().get(label);
      if (value != null) {
        target.put(label, text(value));
      }
    }
  }

  private static String text(Scalar value) {
    if (value instanceof Scalar.Text text) {
      return text.value();
    } else if (value instanceof Scalar.Whole whole) {
      return Long.toString(whole.value());
    } else if (value instanceof Scalar.Decimal decimal) {
      return Double.toString(decimal.value());
    } else if (value instanceof Scalar.Flag flag) {
      return Boolean.toString(flag.value());
    }
    throw new IllegalStateException("no text for " + value);
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
