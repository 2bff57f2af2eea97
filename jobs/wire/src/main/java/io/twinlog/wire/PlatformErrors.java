// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Reason;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.domain.service.EndpointsFact.Crowded;
import io.twinlog.domain.service.EndpointsFact.LossHeld;
import io.twinlog.domain.service.ServiceEvent;
import io.twinlog.domain.service.ServiceState;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.ingress.ErrorKeys;
import io.twinlog.wire.json.AvroJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Errors that Twinlog itself finds, as events of events.error. Their ids are derived, so a repeat
 * has the same. Payloads: docs/reference/events.md.
 */
public final class PlatformErrors {
  /** Service id of all that Twinlog says of itself. */
  public static final String SERVICE = "twinlog";

  public static final String MASS_SILENCE = "system.mass_silence";

  public static final String INGEST_OUTAGE = "system.ingest_outage";

  public static final String HANDLER_FAILED = "system.handler_failed";

  public static final String SERVICE_LOST = "system.service_lost";

  public static final String SERVICE_RESTORED = "system.service_restored";

  public static final String LOSS_HELD = "system.service_loss_held";

  public static final String CROWDED = "system.service_crowded";

  private PlatformErrors() {}

  /** What an event of events.error is keyed by: its alert. */
  public static String key(Event event) {
    return ErrorKeys.of(event);
  }

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
        job + "/" + key,
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

  /**
   * An instance of a service fell silent. Its component is the instance, so that each is an error
   * of its own.
   *
   * @param recorded what was logged of it
   */
  public static Event serviceLost(ServiceState service, Recorded<ServiceEvent> recorded) {
    String id = service.serviceId();
    String name = service.info().name();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", "service_lost")
        .put("severity", "high")
        .put("message", "nothing is heard of %s, an instance of %s".formatted(id, name));
    payload
        .put("service_id", id)
        .put("name", name)
        .put("endpoint", service.info().endpoint())
        .putObject("labels")
        .put("service", name);
    return event(
        SERVICE_LOST,
        "lost/" + Long.toHexString(IdHash.of("service", id, Long.toString(recorded.at().clock()))),
        id,
        Instant.ofEpochMilli(recorded.at().logTime()),
        payload);
  }

  /**
   * An instance of a service that was lost is heard again, or says that it goes.
   *
   * @param recorded what was logged of it
   */
  public static Event serviceRestored(ServiceState service, Recorded<ServiceEvent> recorded) {
    String id = service.serviceId();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("service_id", id).put("code", "service_lost").put("name", service.info().name());
    return event(
        SERVICE_RESTORED,
        "restored/"
            + Long.toHexString(IdHash.of("service", id, Long.toString(recorded.at().clock()))),
        id,
        Instant.ofEpochMilli(recorded.at().logTime()),
        payload);
  }

  /** More instances of a name fell silent at once than may leave its endpoints. */
  public static Event lossHeld(LossHeld held) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", "service_loss_held")
        .put("severity", "critical")
        .put(
            "message",
            "%d of %d instances of %s are silent and still take load: too many at once to believe it"
                .formatted(held.held(), held.known(), held.name()));
    payload.put("name", held.name()).put("known", held.known()).put("held", held.held());
    held.serviceIds().forEach(payload.putArray("service_ids")::add);
    payload.putObject("labels").put("service", held.name());
    return event(
        LOSS_HELD,
        "held/"
            + Long.toHexString(IdHash.of("service", held.name(), Long.toString(held.at().clock()))),
        held.name(),
        Instant.ofEpochMilli(held.at().logTime()),
        payload);
  }

  /** An instance of a name that has as many as it may: it is not listed. */
  public static Event crowded(Crowded crowded) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload
        .putObject("error")
        .put("code", "service_crowded")
        .put("severity", "high")
        .put(
            "message",
            "%s takes no load: %s has %d instances, or as many as a list can hold; it %s"
                .formatted(
                    crowded.serviceId(),
                    crowded.name(),
                    crowded.max(),
                    crowded.waits() ? "waits until another one has left" : "is not kept"));
    payload
        .put("name", crowded.name())
        .put("instance", crowded.serviceId())
        .put("max", crowded.max())
        .putObject("labels")
        .put("service", crowded.name());
    return event(
        CROWDED,
        "crowded/"
            + Long.toHexString(
                IdHash.of("service", crowded.name(), Long.toString(crowded.version()))),
        crowded.name(),
        Instant.ofEpochMilli(crowded.at().logTime()),
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
    boolean critical = type.equals(MASS_SILENCE) || type.equals(LOSS_HELD);
    Priority priority = critical ? Priority.CRITICAL : Priority.HIGH;
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
