// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/**
 * Walks over the plain part of JSON in UTF-8: strings without escapes and without control
 * characters of any kind, numbers that are finite by their length. All else it is not sure of; it
 * knows no objects, and builds nothing.
 */
final class JsonCursor {
  /** So many digits, and an exponent of two more, stay far below the largest double. */
  private static final int DIGITS_MAX = 40;

  private static final int EXPONENT_DIGITS_MAX = 2;

  private byte[] bytes = {};
  private int at;
  private int from;
  private int to;
  private boolean whole;

  void begin(byte[] document) {
    bytes = document;
    at = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Offset of the next byte. */
  int at() {
    return at;
  }

  /** Goes to a place that it has passed. */
  void back(int offset) {
    at = offset;
  }

  /** Offset of the first byte of what was passed last: a string without its quotes, a number. */
  int from() {
    return from;
  }

  /** Offset after its last byte. */
  int to() {
    return to;
  }

  /** Whether the number that was passed last has neither a fraction nor an exponent. */
  boolean whole() {
    return whole;
  }

  boolean isEnd() {
    return at == bytes.length;
  }

  /** The next byte, which stays the next. */
  byte peek() throws NotSure {
    if (at >= bytes.length) {
      throw NotSure.INSTANCE;
    }
    return bytes[at];
  }

  /** The next byte that is no white space, which stays the next. */
  byte token() throws NotSure {
    byte next = peek();
    return next > ' ' ? next : afterSpace();
  }

  private byte afterSpace() throws NotSure {
    while (isSpace(peek())) {
      at++;
    }
    return bytes[at];
  }

  private static boolean isSpace(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  /** Passes all the white space there is, up to the end. */
  void space() {
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
  }

  /** Passes white space, and this byte after it. */
  void take(int wanted) throws NotSure {
    if (token() != wanted) {
      throw NotSure.INSTANCE;
    }
    at++;
  }

  /** Passes white space and, where it follows, this byte. */
  boolean took(int wanted) throws NotSure {
    if (token() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Passes the comma before another member or item, or what ends them all: false. */
  boolean more(int end) throws NotSure {
    byte next = token();
    at++;
    if (next == ',') {
      return true;
    }
    if (next != end) {
      throw NotSure.INSTANCE;
    }
    return false;
  }

  /** Passes a string of at most so many bytes. */
  void string(int bytesMax) throws NotSure {
    take('"');
    byte[] text = bytes;
    int i = at;
    from = i;
    while (i < text.length && text[i] != '"') {
      i += text[i] >= ' ' ? plain(text[i]) : sequence(text, i);
    }
    if (i >= text.length || i - from > bytesMax) {
      throw NotSure.INSTANCE;
    }
    to = i;
    at = i + 1;
  }

  private static int plain(byte next) throws NotSure {
    if (next == '\\' || next == 0x7f) {
      throw NotSure.INSTANCE;
    }
    return 1;
  }

  /** Bytes of a well-formed sequence beyond ASCII that is no control character of C1. */
  private static int sequence(byte[] text, int i) throws NotSure {
    int length = text[i] < 0 ? Utf8Form.sequenceLength(text, i) : 0;
    if (length == 0 || text[i] == (byte) 0xC2 && text[i + 1] < (byte) 0xA0) {
      throw NotSure.INSTANCE;
    }
    return length;
  }

  /** Passes the name of a member, which is what was passed last, and its colon. */
  void name(int bytesMax) throws NotSure {
    string(bytesMax);
    take(':');
  }

  void literal(String literal) throws NotSure {
    for (int i = 0; i < literal.length(); i++) {
      if (peek() != literal.charAt(i)) {
        throw NotSure.INSTANCE;
      }
      at++;
    }
  }

  /** Passes a number that is surely finite. */
  void number() throws NotSure {
    from = at;
    if (peek() == '-') {
      at++;
    }
    int first = at;
    int digits = digits();
    if (digits > 1 && bytes[first] == '0') {
      throw NotSure.INSTANCE;
    }
    whole = true;
    if (at < bytes.length && bytes[at] == '.') {
      at++;
      digits += digits();
      whole = false;
    }
    if (digits > DIGITS_MAX) {
      throw NotSure.INSTANCE;
    }
    if (at < bytes.length && (bytes[at] | 0x20) == 'e') {
      at++;
      exponent();
      whole = false;
    }
    to = at;
  }

  private void exponent() throws NotSure {
    byte sign = peek();
    if (sign == '-' || sign == '+') {
      at++;
    }
    if (digits() > EXPONENT_DIGITS_MAX) {
      throw NotSure.INSTANCE;
    }
  }

  /** How many were passed, at least one. */
  private int digits() throws NotSure {
    int first = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == first) {
      throw NotSure.INSTANCE;
    }
    return at - first;
  }
}
