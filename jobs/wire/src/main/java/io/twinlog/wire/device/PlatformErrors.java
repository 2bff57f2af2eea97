// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Errors that Twinlog itself finds, as events of events.error. Their ids are derived, so a repeat
 * has the same. Payloads: docs/reference/events.md.
 */
public final class PlatformErrors {
  /** Service id of all that Twinlog says of itself, and key of these events. */
  public static final String SERVICE = "twinlog";

  public static final String MASS_SILENCE = "system.mass_silence";

  private PlatformErrors() {}

  /** Too many devices fell silent within one minute. */
  public static Event massSilence(MassSilence silence) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", "mass_silence")
        .put("severity", "critical")
        .put(
            "message",
            "%d of %d devices fell silent within one minute"
                .formatted(silence.devices(), silence.inService()));
    payload.put("devices", silence.devices()).put("in_service", silence.inService());
    ObjectNode models = payload.putObject("by_model");
    silence.byModel().forEach(models::put);
    silence.deviceIds().forEach(payload.putArray("device_ids")::add);
    return Event.newBuilder()
        .setId("mass-silence/" + silence.at().clock())
        .setEventType(MASS_SILENCE)
        .setSource(new EventSource(SERVICE, "device", "1"))
        .setTimestamp(Instant.ofEpochMilli(silence.at().logTime()))
        .setData(
            new EventData(
                ByteBuffer.wrap(payload.toString().getBytes(StandardCharsets.UTF_8)),
                "1",
                Encoding.JSON))
        .setMetadata(EventMetadata.newBuilder().setPriority(Priority.CRITICAL).build())
        .build();
  }
}
