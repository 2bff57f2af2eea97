// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.Priority;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes a JSON envelope and notes where its fields stand. It keeps the rules of {@link
 * JsonEnvelopes} and {@link EnvelopeRules}, or is not sure. The payload it checks by type and
 * version, wherever they stand.
 */
final class EnvelopeScan {
  /** The texts of an envelope. */
  enum Text {
    ID(EnvelopeRules.ID_MAX),
    EVENT_TYPE(EnvelopeRules.NAME_MAX),
    SERVICE_ID(EnvelopeRules.NAME_MAX),
    COMPONENT_ID(EnvelopeRules.NAME_MAX),
    VERSION(EnvelopeRules.NAME_MAX),
    SCHEMA_VERSION(EnvelopeRules.SCHEMA_VERSION_MAX),
    CORRELATION_ID(EnvelopeRules.NAME_MAX),
    CAUSATION_ID(EnvelopeRules.NAME_MAX),
    USER_ID(EnvelopeRules.NAME_MAX),
    SESSION_ID(EnvelopeRules.NAME_MAX),
    TRACEPARENT(EnvelopeRules.TRACEPARENT_MAX);

    private final int bytesMax;

    Text(int bytesMax) {
      this.bytesMax = bytesMax;
    }
  }

  /** Of a number that is not there. */
  static final long ABSENT = -1;

  private static final int PAYLOAD_DEPTH = 3;

  private static final FieldNames ENVELOPE =
      new FieldNames("id", "event_type", "source", "timestamp", "data", "metadata");
  private static final FieldNames SOURCE = new FieldNames("service_id", "component_id", "version");
  private static final FieldNames DATA = new FieldNames("payload", "schema_version", "encoding");
  private static final FieldNames METADATA =
      new FieldNames(
          "correlation_id",
          "causation_id",
          "user_id",
          "session_id",
          "sequence",
          "priority",
          "ttl",
          "traceparent");
  private static final byte[] JSON = "JSON".getBytes(StandardCharsets.US_ASCII);
  private static final Priority[] PRIORITIES = Priority.values();
  private static final byte[][] PRIORITY_NAMES =
      Arrays.stream(PRIORITIES)
          .map(priority -> priority.name().getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);
  private static final long LATEST = EnvelopeRules.LATEST.toEpochMilli();

  private final JsonCursor cursor;
  private final PayloadScan payloads;
  private final EventTypes types;
  private final DecoderLimits limits;
  private final Span[] texts = new Span[Text.values().length];
  private final Span payload = new Span();
  private EventTypes.EventType type;
  private Shape checked = Shape.ANY;
  private Priority priority = Priority.NORMAL;
  private long timestamp;
  private long sequence;
  private long ttl;

  EnvelopeScan(JsonCursor cursor, PayloadScan payloads, EventTypes types, DecoderLimits limits) {
    this.cursor = cursor;
    this.payloads = payloads;
    this.types = types;
    this.limits = limits;
    Arrays.setAll(texts, i -> new Span());
  }

  Span text(Text text) {
    return texts[text.ordinal()];
  }

  EventTypes.EventType type() {
    return type;
  }

  /** The whole value, with its quotes and braces. */
  Span payload() {
    return payload;
  }

  Priority priority() {
    return priority;
  }

  /** Epoch milliseconds. */
  long timestamp() {
    return timestamp;
  }

  /** {@link #ABSENT}, or 0 and more. */
  long sequence() {
    return sequence;
  }

  /** {@link #ABSENT}, or 0 and more. */
  long ttl() {
    return ttl;
  }

  /** Passes the whole document. */
  void read() throws NotSure {
    for (Span text : texts) {
      text.clear();
    }
    payload.clear();
    type = null;
    payloads.keys().clear();
    priority = Priority.NORMAL;
    timestamp = ABSENT;
    sequence = ABSENT;
    ttl = ABSENT;
    members(ENVELOPE, 1);
    cursor.space();
    require(cursor.isEnd() && isWhole());
    checkPayload();
  }

  /** Most name type and version so that the payload was checked when it was passed. */
  private void checkPayload() throws NotSure {
    Shape shape = type.shape(cursor.bytes(), text(Text.SCHEMA_VERSION));
    if (shape != checked) {
      cursor.back(payload.from());
      payloads.payload(shape, PAYLOAD_DEPTH);
    }
  }

  private boolean isWhole() {
    return text(Text.ID).isThere()
        && type != null
        && text(Text.SERVICE_ID).isThere()
        && text(Text.COMPONENT_ID).isThere()
        && payload.isThere()
        && timestamp != ABSENT;
  }

  private void members(FieldNames names, int depth) throws NotSure {
    require(depth <= limits.depth());
    int base = payloads.keys().open();
    int seen = 0;
    int expected = 0;
    cursor.take('{');
    if (cursor.took('}')) {
      return;
    }
    do {
      cursor.name(limits.nameLength());
      int place = names.find(cursor, expected);
      if (place < 0) {
        payloads.keys().add(base, cursor.bytes(), cursor.from(), cursor.to());
        payloads.value(Shape.ANY, depth + 1);
      } else {
        require((seen & 1 << place) == 0);
        seen |= 1 << place;
        expected = place + 1;
        member(names, place, depth);
      }
    } while (cursor.more('}'));
    payloads.keys().close(base);
  }

  private void member(FieldNames names, int place, int depth) throws NotSure {
    // A null stands for nothing, but for the payload, which it may be.
    if (cursor.token() == 'n' && !(names == DATA && place == 0)) {
      cursor.literal("null");
    } else if (names == ENVELOPE) {
      envelope(place, depth);
    } else if (names == SOURCE) {
      pass(
          switch (place) {
            case 0 -> Text.SERVICE_ID;
            case 1 -> Text.COMPONENT_ID;
            default -> Text.VERSION;
          });
    } else if (names == DATA) {
      data(place);
    } else {
      metadata(place);
    }
  }

  private void envelope(int place, int depth) throws NotSure {
    switch (place) {
      case 0 -> pass(Text.ID);
      case 1 -> {
        pass(Text.EVENT_TYPE);
        type = types.find(cursor.bytes(), cursor.from(), cursor.to());
      }
      case 2 -> members(SOURCE, depth + 1);
      case 3 -> timestamp = instant();
      case 4 -> members(DATA, depth + 1);
      default -> members(METADATA, depth + 1);
    }
  }

  private void data(int place) throws NotSure {
    switch (place) {
      case 0 -> {
        int from = cursor.at();
        checked = type == null ? Shape.ANY : type.shape(cursor.bytes(), text(Text.SCHEMA_VERSION));
        payloads.payload(checked, PAYLOAD_DEPTH);
        payload.set(from, cursor.at());
      }
      case 1 -> pass(Text.SCHEMA_VERSION);
      default -> {
        cursor.string(JSON.length);
        require(is(JSON));
      }
    }
  }

  private void metadata(int place) throws NotSure {
    switch (place) {
      case 0 -> pass(Text.CORRELATION_ID);
      case 1 -> pass(Text.CAUSATION_ID);
      case 2 -> pass(Text.USER_ID);
      case 3 -> pass(Text.SESSION_ID);
      case 4 -> sequence = whole(Long.MAX_VALUE);
      case 5 -> priority = priorityThere();
      case 6 -> ttl = whole(EnvelopeRules.TTL_MAX);
      default -> pass(Text.TRACEPARENT);
    }
  }

  private void pass(Text text) throws NotSure {
    cursor.string(Math.min(text.bytesMax, limits.stringLength()));
    require(cursor.to() > cursor.from());
    texts[text.ordinal()].set(cursor.from(), cursor.to());
  }

  private long whole(long most) throws NotSure {
    cursor.number();
    require(cursor.whole());
    long value = Digits.whole(cursor.bytes(), cursor.from(), cursor.to());
    require(value <= most);
    return value;
  }

  private long instant() throws NotSure {
    if (cursor.token() != '"') {
      return whole(LATEST);
    }
    cursor.string(limits.stringLength());
    long millis = Digits.instant(cursor.bytes(), cursor.from(), cursor.to());
    // The day before 1970, which an offset may lead to, is for the slow road.
    require(millis >= 0 && millis <= LATEST);
    return millis;
  }

  private Priority priorityThere() throws NotSure {
    cursor.string(limits.stringLength());
    for (int i = 0; i < PRIORITIES.length; i++) {
      if (is(PRIORITY_NAMES[i])) {
        return PRIORITIES[i];
      }
    }
    throw NotSure.INSTANCE;
  }

  private boolean is(byte[] text) {
    return Arrays.equals(text, 0, text.length, cursor.bytes(), cursor.from(), cursor.to());
  }

  private static void require(boolean holds) throws NotSure {
    if (!holds) {
      throw NotSure.INSTANCE;
    }
  }
}
