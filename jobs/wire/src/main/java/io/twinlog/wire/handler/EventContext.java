// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.domain.Moment;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.wire.ingress.Payloads;
import io.twinlog.wire.ingress.Payloads.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An event as a handler sees it. Lives for one event. */
public final class EventContext {
  private static final int ID_BYTES = 16;

  private final Event read;
  private final Event event;
  private final String key;
  private final Moment now;
  private int derived;

  /**
   * @param event as it was read; a handler gets a copy, as it may use up its payload, or change it
   * @param key partition key of the event: the id of its aggregate, where it has one
   * @param now time in the log
   */
  public EventContext(Event event, String key, Moment now) {
    this.read = event;
    this.event = Event.newBuilder(event).build();
    this.key = key;
    this.now = now;
  }

  public Event event() {
    return event;
  }

  /** The event as it was read, whatever the handler has done to {@link #event}. */
  Event read() {
    return read;
  }

  /**
   * Its payload as a tree, whether it came as JSON, CBOR or AVRO. A new one at each call.
   *
   * @throws HandlerException with LOW when it is text or bytes
   */
  public JsonNode payload() {
    try {
      return Payloads.read(read.getData());
    } catch (UnreadablePayloadException e) {
      throw new HandlerException(HandlerException.Severity.LOW, e.getMessage(), e);
    }
  }

  public String key() {
    return key;
  }

  public Moment now() {
    return now;
  }

  /**
   * An event that follows from this one: it begins as a copy of it, with an id that is derived and
   * so the same each time, the same flow, and this event as its cause. Only the first one that is
   * derived keeps the sequence of the session, as a later one would repeat it.
   */
  public Event.Builder derive(String eventType) {
    int index = derived++;
    EventMetadata.Builder metadata = EventMetadata.newBuilder(read.getMetadata());
    if (metadata.getCorrelationId() == null) {
      metadata.setCorrelationId(read.getId());
    }
    metadata.setCausationId(read.getId());
    if (index > 0) {
      metadata.setSequence(null);
    }
    return Event.newBuilder(read)
        .setId(derivedId(index))
        .setEventType(eventType)
        .setMetadata(metadata.build());
  }

  /** The same, whole, with a payload in JSON, of schema_version 1. */
  public Event derive(String eventType, JsonNode payload) {
    return derive(eventType).setData(Payloads.json(payload, "1")).build();
  }

  private String derivedId(int index) {
    String name =
        String.join(
            "\0",
            read.getSource().getServiceId(),
            read.getSource().getComponentId(),
            read.getId(),
            Integer.toString(index));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return "h-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
