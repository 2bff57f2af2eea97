// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.wire.AvroBuffer;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.ingress.EnvelopeScan.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fast road beside {@link EventDecoder}: reads the ordinary JSON event in one pass, and writes
 * it as that decoder's event would be written, byte for byte. It never rejects: what it is not sure
 * of, right or wrong, the decoder must look at. Source:
 * docs/decisions/0017-a-fast-road-beside-the-slow.md.
 *
 * <p>It holds the event that it read last. Not for threads to share.
 */
public final class FastEvents {
  /** Of a ttl that is not there. */
  public static final long NONE = EnvelopeScan.ABSENT;

  private static final byte[] APPLICATION_JSON =
      "application/json".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DEFAULT_VERSION = {'0'};
  private static final byte[] DEFAULT_SCHEMA_VERSION = {'1'};
  private static final int NULL = 0;
  private static final int THERE = 1;

  private final DecoderLimits limits;
  private final JsonCursor cursor = new JsonCursor();
  private final PayloadScan payloads;
  private final EnvelopeScan envelope;
  private final byte[] frame = SingleObject.header(Event.getClassSchema());
  private final AvroBuffer buffer = new AvroBuffer();
  private byte[] bytes = {};

  public FastEvents(Catalogue catalogue, DecoderLimits limits) {
    this.limits = limits;
    this.payloads = new PayloadScan(cursor, limits);
    this.envelope = new EnvelopeScan(cursor, payloads, new EventTypes(catalogue), limits);
  }

  /**
   * Whether the value is an event that the decoder accepts, and one that can be told here; if not,
   * nothing is known of it, and the other methods must not be called.
   *
   * @param value may be null, as on Kafka
   * @param contentType of the record's header; null: there is none
   */
  public boolean read(byte[] value, byte[] contentType) {
    boolean json = contentType == null || Arrays.equals(contentType, APPLICATION_JSON);
    if (value == null || value.length > limits.documentBytes() || !json) {
      return false;
    }
    bytes = value;
    cursor.begin(value);
    try {
      envelope.read();
      // Longer ones may have few enough characters.
      return payloads.device().length() <= EnvelopeRules.NAME_MAX
          && payloads.service().length() <= EnvelopeRules.NAME_MAX;
    } catch (NotSure e) {
      // No error: the decoder is asked.
      return false;
    }
  }

  public String eventType() {
    return envelope.type().text();
  }

  /** Event time, epoch milliseconds. */
  public long timestamp() {
    return envelope.timestamp();
  }

  /** Milliseconds, or {@link #NONE}. */
  public long ttl() {
    return envelope.ttl();
  }

  public byte[] id() {
    return copy(envelope.text(Text.ID));
  }

  /** As {@link DeviceIds#of}. */
  public byte[] deviceId() {
    return copy(payloads.device().length() > 0 ? payloads.device() : text(Text.COMPONENT_ID));
  }

  /** As the payload names it, else that of the source. */
  public byte[] serviceId() {
    return copy(payloads.service().length() > 0 ? payloads.service() : text(Text.SERVICE_ID));
  }

  /** The user, or the id where there is none. */
  public byte[] userOrId() {
    return copy(text(Text.USER_ID).isThere() ? text(Text.USER_ID) : text(Text.ID));
  }

  public boolean hasTraceparent() {
    return text(Text.TRACEPARENT).isThere();
  }

  /** Only where there is one. */
  public byte[] traceparent() {
    return copy(text(Text.TRACEPARENT));
  }

  private Span text(Text text) {
    return envelope.text(text);
  }

  private byte[] copy(Span span) {
    return Arrays.copyOfRange(bytes, span.from(), span.to());
  }

  /**
   * The event in single-object encoding.
   *
   * @param rooted whether an event without a correlation id gets its own id as one
   */
  public byte[] toAvro(boolean rooted) {
    buffer.clear();
    buffer.raw(frame, 0, frame.length);
    write(text(Text.ID));
    write(text(Text.EVENT_TYPE));
    write(text(Text.SERVICE_ID));
    write(text(Text.COMPONENT_ID));
    write(text(Text.VERSION), DEFAULT_VERSION);
    buffer.number(envelope.timestamp());
    write(envelope.payload());
    write(text(Text.SCHEMA_VERSION), DEFAULT_SCHEMA_VERSION);
    buffer.number(Encoding.JSON.ordinal());
    writeMetadata(rooted);
    return buffer.toBytes();
  }

  private void writeMetadata(boolean rooted) {
    Span correlation = text(Text.CORRELATION_ID);
    writeOptional(rooted && !correlation.isThere() ? text(Text.ID) : correlation);
    writeOptional(text(Text.CAUSATION_ID));
    writeOptional(text(Text.USER_ID));
    writeOptional(text(Text.SESSION_ID));
    writeOptional(envelope.sequence());
    buffer.number(envelope.priority().ordinal());
    writeOptional(envelope.ttl());
    writeOptional(text(Text.TRACEPARENT));
  }

  private void write(Span span) {
    buffer.text(bytes, span.from(), span.to());
  }

  private void write(Span span, byte[] absent) {
    if (span.isThere()) {
      write(span);
    } else {
      buffer.text(absent, 0, absent.length);
    }
  }

  private void writeOptional(Span span) {
    buffer.number(span.isThere() ? THERE : NULL);
    if (span.isThere()) {
      write(span);
    }
  }

  private void writeOptional(long number) {
    buffer.number(number == EnvelopeScan.ABSENT ? NULL : THERE);
    if (number != EnvelopeScan.ABSENT) {
      buffer.number(number);
    }
  }
}
