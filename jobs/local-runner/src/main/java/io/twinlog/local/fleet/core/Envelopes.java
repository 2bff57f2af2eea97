// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Writes good envelopes, in JSON and Avro. It holds one array for all; not for threads to share.
 */
final class Envelopes {
  private static final String PROVISIONING = "sim-provisioning";
  private static final String GATEWAY = "sim-gateway";
  private static final String BROKER = "sim-broker";

  private final Ascii envelope = new Ascii();
  private final SingleObject avro = new SingleObject();

  /**
   * What an envelope says beside its payload.
   *
   * @param at event time
   * @param session empty: none
   * @param sequence 0: none
   */
  record Head(
      String id,
      String type,
      String service,
      String device,
      long at,
      String session,
      long sequence,
      Priority priority) {

    /** Of the device itself, through its gateway. */
    static Head ofDevice(
        String id, String type, String device, long at, String session, long sequence) {
      return new Head(id, type, GATEWAY, device, at, session, sequence, Priority.NORMAL);
    }

    /** Of the service that registers devices. */
    static Head ofProvisioning(String id, String device, long at) {
      return new Head(id, "device.registered", PROVISIONING, device, at, "", 0, Priority.NORMAL);
    }

    /** Of the broker to which the device was connected. */
    static Head ofBroker(String id, String device, long at, String session) {
      return new Head(id, "device.offline", BROKER, device, at, session, 0, Priority.NORMAL);
    }

    Head withPriority(Priority other) {
      return new Head(id, type, service, device, at, session, sequence, other);
    }
  }

  byte[] write(Head head, Ascii payload, DeviceModel.Form form) {
    return form == DeviceModel.Form.AVRO
        ? avro.encode(event(head, payload))
        : json(head, payload, form == DeviceModel.Form.JSON_MILLIS);
  }

  private byte[] json(Head head, Ascii payload, boolean millis) {
    envelope.clear().text("{\"id\":\"").text(head.id);
    envelope.text("\",\"event_type\":\"").text(head.type);
    envelope.text("\",\"source\":{\"service_id\":\"").text(head.service);
    envelope.text("\",\"component_id\":\"").text(head.device);
    envelope.text("\",\"version\":\"1.0\"},\"timestamp\":");
    if (millis) {
      envelope.number(head.at);
    } else {
      envelope.text("\"").instant(head.at).text("\"");
    }
    envelope.text(",\"data\":{\"payload\":").text(payload);
    envelope.text("},\"metadata\":{\"priority\":\"").text(head.priority.name()).text("\"");
    if (!head.session.isEmpty()) {
      envelope.text(",\"session_id\":\"").text(head.session).text("\"");
    }
    if (head.sequence > 0) {
      envelope.text(",\"sequence\":").number(head.sequence);
    }
    return envelope.text("}}").toBytes();
  }

  private static Event event(Head head, Ascii payload) {
    EventMetadata metadata = new EventMetadata();
    metadata.setPriority(head.priority);
    metadata.setSessionId(head.session.isEmpty() ? null : head.session);
    metadata.setSequence(head.sequence > 0 ? head.sequence : null);
    return new Event(
        head.id,
        head.type,
        new EventSource(head.service, head.device, "1.0"),
        Instant.ofEpochMilli(head.at),
        new EventData(ByteBuffer.wrap(payload.toBytes()), "1", Encoding.JSON),
        metadata);
  }
}
