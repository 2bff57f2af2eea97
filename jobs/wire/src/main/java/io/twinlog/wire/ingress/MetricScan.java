// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.wire.Scalars;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the metrics of a {@code data.collected} in JSON where it stands, without a tree. What it is
 * not sure of, it leaves to {@link Payloads}, which reads the same. Not for threads to share.
 */
public final class MetricScan {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final int NAMES_MAX = 256;
  private static final int NAME_BYTES_MAX = 512;
  private static final int TEXT_BYTES_MAX = 65_536;

  /**
   * Whole numbers up to here, and powers of ten up to the next, are doubles: one division rounds.
   */
  private static final int EXACT_DIGITS = 15;

  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private final JsonCursor cursor = new JsonCursor();
  private final String[] names = new String[NAMES_MAX];

  /**
   * Reads them.
   *
   * @param bytes in which the payload stands
   * @param from its first byte
   * @param to behind its last
   * @return null: it is not sure
   */
  public List<Value> read(byte[] bytes, int from, int to) {
    cursor.begin(bytes);
    cursor.back(from);
    try {
      List<Value> values = payload();
      return cursor.at() == to ? values : null;
    } catch (NotSure e) {
      return null;
    }
  }

  private List<Value> payload() throws NotSure {
    List<Value> values = null;
    cursor.take('{');
    do {
      cursor.name(NAME_BYTES_MAX);
      boolean data =
          Arrays.equals(cursor.bytes(), cursor.from(), cursor.to(), DATA, 0, DATA.length);
      if (data) {
        if (values != null) {
          throw NotSure.INSTANCE;
        }
        values = metrics();
      } else {
        // device_id, and what a user adds: a string or nothing of ours.
        if (cursor.token() != '"') {
          throw NotSure.INSTANCE;
        }
        cursor.string(TEXT_BYTES_MAX);
      }
    } while (cursor.more('}'));
    if (values == null) {
      throw NotSure.INSTANCE;
    }
    return values;
  }

  private List<Value> metrics() throws NotSure {
    List<Value> values = new ArrayList<>(4);
    cursor.take('{');
    if (cursor.took('}')) {
      return values;
    }
    do {
      cursor.name(NAME_BYTES_MAX);
      String name = name();
      if (has(values, name)) {
        throw NotSure.INSTANCE;
      }
      values.add(new Value(name, scalar()));
    } while (cursor.more('}'));
    return values;
  }

  /** They are few. */
  private static boolean has(List<Value> values, String name) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).metric().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The same string for the same name, as there are few. */
  private String name() {
    byte[] bytes = cursor.bytes();
    int hash = 0;
    for (int i = cursor.from(); i < cursor.to(); i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ hash >>> 16) & NAMES_MAX - 1;
    String known = names[place];
    if (known == null || !is(known, bytes, cursor.from(), cursor.to())) {
      known = text();
      names[place] = known;
    }
    return known;
  }

  private static boolean is(String known, byte[] bytes, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || known.charAt(i - from) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private String text() {
    return new String(
        cursor.bytes(), cursor.from(), cursor.to() - cursor.from(), StandardCharsets.UTF_8);
  }

  private Scalar scalar() throws NotSure {
    switch (cursor.token()) {
      case '"' -> {
        cursor.string(TEXT_BYTES_MAX);
        return new Scalar.Text(text());
      }
      case 't' -> {
        cursor.literal("true");
        return new Scalar.Flag(true);
      }
      case 'f' -> {
        cursor.literal("false");
        return new Scalar.Flag(false);
      }
      default -> {
        cursor.number();
        return number();
      }
    }
  }

  private Scalar number() throws NotSure {
    byte[] bytes = cursor.bytes();
    int at = cursor.from();
    boolean negative = bytes[at] == '-';
    at += negative ? 1 : 0;
    long digits = 0;
    int count = 0;
    int behind = -1;
    for (; at < cursor.to(); at++) {
      byte next = bytes[at];
      if (next == '.') {
        behind = 0;
      } else if (next >= '0' && next <= '9' && count < EXACT_DIGITS) {
        digits = 10 * digits + next - '0';
        count++;
        behind += behind < 0 ? 0 : 1;
      } else {
        return other();
      }
    }
    if (behind < 0) {
      return new Scalar.Whole(negative ? -digits : digits);
    }
    double value = digits / POWERS[behind];
    return Scalars.number(negative ? -value : value);
  }

  /** Long ones, and those with an exponent. */
  private Scalar other() throws NotSure {
    if (cursor.whole()) {
      throw NotSure.INSTANCE;
    }
    return Scalars.number(Double.parseDouble(text()));
  }
}
