// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Priority;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what most handlers need of an event in single-object encoding where it stands, without a
 * record. It knows the schema of today alone and reports nothing: what it does not read, {@link
 * SingleObject} reads or says what is wrong with.
 *
 * <p>It holds the event that it read last. Not for threads to share.
 */
public final class EventBody {
  /** Of a number that is not there. */
  public static final long NONE = Long.MIN_VALUE;

  private static final byte[] FRAME = SingleObject.header(Event.getClassSchema());
  private static final int ENCODINGS = Encoding.values().length;
  private static final int PRIORITIES = Priority.values().length;

  /** Of a number below 2^62; larger ones are left to the other reader. */
  private static final int VARINT_BYTES_MAX = 9;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private boolean broken;

  private final Text id = new Text();
  private final Text eventType = new Text();
  private final Text serviceId = new Text();
  private final Text componentId = new Text();
  private final Text correlationId = new Text();
  private final Text sessionId = new Text();
  private final Text other = new Text();
  private long timestamp;
  private long sequence;
  private int payloadFrom;
  private int payloadTo;
  private boolean json;

  /** Where a string stands. */
  private static final class Text {
    int from;
    int to;
    boolean ascii;
    boolean there;
  }

  /** Whether it was read; if not, the other methods must not be called. */
  public boolean read(byte[] value) {
    bytes = value;
    at = FRAME.length;
    broken = false;
    if (value.length < at || !Arrays.equals(value, 0, at, FRAME, 0, at)) {
      return false;
    }
    text(id);
    text(eventType);
    text(serviceId);
    text(componentId);
    text(other);
    timestamp = number();
    payload();
    text(other);
    json = one(ENCODINGS) == Encoding.JSON.ordinal();
    optional(correlationId);
    optional(other);
    optional(other);
    optional(sessionId);
    sequence = one(2) == 0 ? NONE : number();
    one(PRIORITIES);
    if (one(2) != 0) {
      number();
    }
    optional(other);
    return !broken && at == bytes.length;
  }

  /** Whether its payload is JSON. */
  public boolean isJson() {
    return json;
  }

  /** Where the payload begins in the value that was read. */
  public int payloadFrom() {
    return payloadFrom;
  }

  /** Where it ends: behind its last byte. */
  public int payloadTo() {
    return payloadTo;
  }

  public String id() {
    return string(id);
  }

  /**
   * The type of the event.
   *
   * @param expected given back where it is this one
   */
  public String eventType(String expected) {
    return is(eventType, expected) ? expected : string(eventType);
  }

  /** Root of its flow; the id where the event belongs to none. */
  public String correlationId(String ownId) {
    return !correlationId.there || is(correlationId, ownId) ? ownId : string(correlationId);
  }

  /** Empty: none was said. */
  public String sessionId() {
    return sessionId.there ? string(sessionId) : "";
  }

  /** {@link #NONE}: none was said. */
  public long sequence() {
    return sequence;
  }

  /** Event time, epoch milliseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** As {@link IdHash#of}. */
  public long idHash() {
    if (!serviceId.ascii || !componentId.ascii || !id.ascii) {
      return IdHash.of(string(serviceId), string(componentId), string(id));
    }
    long hash = IdHash.mixed(IdHash.OFFSET, bytes, serviceId.from, serviceId.to);
    hash = IdHash.mixed(hash, bytes, componentId.from, componentId.to);
    return IdHash.finished(IdHash.mixed(hash, bytes, id.from, id.to));
  }

  private String string(Text text) {
    return new String(
        bytes,
        text.from,
        text.to - text.from,
        text.ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** Whether a text of ASCII is this one. */
  private boolean is(Text text, String string) {
    if (!text.ascii || text.to - text.from != string.length()) {
      return false;
    }
    for (int i = 0; i < string.length(); i++) {
      if (bytes[text.from + i] != string.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void payload() {
    int length = length();
    payloadFrom = at;
    at += length;
    payloadTo = at;
  }

  private void optional(Text text) {
    if (one(2) == 0) {
      text.there = false;
    } else {
      text(text);
    }
  }

  private void text(Text text) {
    int length = length();
    text.from = at;
    text.to = at + length;
    text.there = true;
    at = text.to;
    text.ascii = isAscii(bytes, text.from, text.to);
    // Ill-formed bytes become U+FFFD; whether they are any is for the other reader.
    broken |= !text.ascii && string(text).indexOf('\uFFFD') >= 0;
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    long all = 0;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      all |= (long) LONGS.get(bytes, at);
    }
    for (; at < to; at++) {
      all |= bytes[at];
    }
    return (all & 0x8080808080808080L) == 0;
  }

  /** One of so many: the place of a symbol, or of a branch. */
  private long one(int choices) {
    long place = number();
    broken |= place < 0 || place >= choices;
    return place;
  }

  /** Of bytes that are there. */
  private int length() {
    long length = number();
    if (length < 0 || length > bytes.length - at) {
      broken = true;
      return 0;
    }
    return (int) length;
  }

  private long number() {
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX && at < bytes.length; i++) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    broken = true;
    return 0;
  }
}
