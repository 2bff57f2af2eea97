// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.IdHash;
import io.twinlog.wire.json.AvroJson;
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

  public static final String INGEST_OUTAGE = "system.ingest_outage";

  public static final String HANDLER_FAILED = "system.handler_failed";

  private PlatformErrors() {}

  /**
   * An input of a key could not be worked off, and the key is parked.
   *
   * @param job whose key it is
   */
  public static Event handlerFailed(String job, String key, Reason reason, Moment at) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", "handler_failed")
        .put("severity", "medium")
        .put("message", "%s is parked: %s".formatted(key, reason.message()));
    payload.put("job", job).put("key", key).put("reason", reason.code());
    return event(
        HANDLER_FAILED,
        "failed/" + Long.toHexString(IdHash.of(job, key, Long.toString(at.clock()))),
        job,
        Instant.ofEpochMilli(at.logTime()),
        payload);
  }

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
    return event(
        MASS_SILENCE,
        "mass-silence/" + silence.at().clock(),
        "device",
        Instant.ofEpochMilli(silence.at().logTime()),
        payload);
  }

  /** For some time no source partition surely took events. */
  public static Event ingestOutage(Outage outage) {
    long millis = outage.getEnded().toEpochMilli() - outage.getBegan().toEpochMilli();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", "ingest_outage")
        .put("severity", "high")
        .put(
            "message",
            "for %d s not every partition of ingress and commands took records"
                .formatted(millis / 1_000));
    payload
        .put("began", AvroJson.instant(outage.getBegan()))
        .put("ended", AvroJson.instant(outage.getEnded()))
        .put("clock", outage.getClock());
    return event(INGEST_OUTAGE, "outage/" + outage.getClock(), "clock", outage.getEnded(), payload);
  }

  private static Event event(
      String type, String id, String component, Instant timestamp, ObjectNode payload) {
    Priority priority = type.equals(MASS_SILENCE) ? Priority.CRITICAL : Priority.HIGH;
    return Event.newBuilder()
        .setId(id)
        .setEventType(type)
        .setSource(new EventSource(SERVICE, component, "1"))
        .setTimestamp(timestamp)
        .setData(
            new EventData(
                ByteBuffer.wrap(payload.toString().getBytes(StandardCharsets.UTF_8)),
                "1",
                Encoding.JSON))
        .setMetadata(EventMetadata.newBuilder().setPriority(priority).build())
        .build();
  }
}
