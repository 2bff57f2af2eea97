// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.wire.ingress.Shape.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes a JSON value of a certain shape, and notes where the ids of device and service stand in
 * it. It keeps the rules of {@link TreeReading} and of the shape, or is not sure.
 */
final class PayloadScan {
  private static final byte[] DEVICE_ID = "device_id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SERVICE_ID = "service_id".getBytes(StandardCharsets.US_ASCII);

  private final JsonCursor cursor;
  private final DecoderLimits limits;
  private final KeysSeen keys = new KeysSeen();
  private final Span device = new Span();
  private final Span service = new Span();

  PayloadScan(JsonCursor cursor, DecoderLimits limits) {
    this.cursor = cursor;
    this.limits = limits;
  }

  /** Text of {@code device_id} in the payload that was passed last, where it is a string. */
  Span device() {
    return device;
  }

  /** Text of {@code service_id} in it. */
  Span service() {
    return service;
  }

  KeysSeen keys() {
    return keys;
  }

  /**
   * Passes a payload.
   *
   * @param depth of it, if it is an object or an array
   */
  void payload(Shape shape, int depth) throws NotSure {
    device.clear();
    service.clear();
    if (cursor.token() == '{') {
      object(shape, depth, true);
    } else {
      value(shape, depth);
    }
  }

  /** Passes a value. */
  void value(Shape shape, int depth) throws NotSure {
    byte first = cursor.token();
    switch (first) {
      case '"' -> text(shape);
      case '{' -> object(shape, depth, false);
      case '[' -> array(shape, depth);
      case 't' -> literal(shape, Kind.BOOLEAN, "true");
      case 'f' -> literal(shape, Kind.BOOLEAN, "false");
      case 'n' -> literal(shape, Kind.NULL, "null");
      default -> number(shape);
    }
  }

  private void text(Shape shape) throws NotSure {
    require(shape.allows(Kind.STRING));
    cursor.string(limits.stringLength());
    require(shape.text().fits(cursor.bytes(), cursor.from(), cursor.to()));
  }

  private void literal(Shape shape, Kind kind, String literal) throws NotSure {
    require(shape.allows(kind));
    cursor.literal(literal);
  }

  private void number(Shape shape) throws NotSure {
    cursor.number();
    if (shape.allows(Kind.NUMBER)) {
      return;
    }
    require(shape.allows(Kind.INTEGER) && cursor.whole());
    long value = Digits.whole(cursor.bytes(), cursor.from(), cursor.to());
    require(value >= shape.range().minimum() && value <= shape.range().maximum());
  }

  private void array(Shape shape, int depth) throws NotSure {
    require(shape.allows(Kind.ARRAY) && depth <= limits.depth());
    cursor.take('[');
    if (cursor.took(']')) {
      return;
    }
    do {
      value(Shape.ANY, depth + 1);
    } while (cursor.more(']'));
  }

  private void object(Shape shape, int depth, boolean outermost) throws NotSure {
    require(shape.allows(Kind.OBJECT) && depth <= limits.depth());
    Shape.Members members = shape.members();
    int base = keys.open();
    long seen = 0;
    int count = 0;
    cursor.take('{');
    if (!cursor.took('}')) {
      do {
        seen |= member(members, base, seen, depth, outermost);
        count++;
      } while (cursor.more('}'));
    }
    keys.close(base);
    require(count >= members.least() && count <= members.most());
    require((seen & members.required()) == members.required());
  }

  /** The bit of the member that was passed, where the schema names it. */
  private long member(Shape.Members members, int base, long seen, int depth, boolean outermost)
      throws NotSure {
    cursor.name(limits.nameLength());
    byte[] bytes = cursor.bytes();
    int from = cursor.from();
    int to = cursor.to();
    require(members.name().fits(bytes, from, to));
    int place = members.find(bytes, from, to);
    long bit = place < 0 ? 0 : 1L << place;
    if (place < 0) {
      keys.add(base, bytes, from, to);
    }
    require((seen & bit) == 0);
    Span id = outermost ? idAt(bytes, from, to) : null;
    boolean told = id != null && cursor.token() == '"';
    value(members.shape(place), depth + 1);
    if (told) {
      id.set(cursor.from(), cursor.to());
    }
    return bit;
  }

  private Span idAt(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == DEVICE_ID.length && Arrays.equals(DEVICE_ID, 0, length, bytes, from, to)) {
      return device;
    }
    return length == SERVICE_ID.length && Arrays.equals(SERVICE_ID, 0, length, bytes, from, to)
        ? service
        : null;
  }

  private static void require(boolean holds) throws NotSure {
    if (!holds) {
      throw NotSure.INSTANCE;
    }
  }
}
