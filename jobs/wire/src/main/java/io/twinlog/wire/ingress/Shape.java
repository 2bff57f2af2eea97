// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.util.Arrays;
import java.util.List;

/**
 * What a payload must be, in the form in which it can be checked while its bytes are passed. It is
 * never less strict than the schema that {@link ShapeReader} made it of, and sometimes more: as it
 * counts bytes where the schema counts characters.
 *
 * @param kinds of values, as the bits of {@link Kind}
 */
record Shape(int kinds, Text text, Range range, Members members) {
  /** The kinds of values that JSON has. */
  enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    NULL;

    int bit() {
      return 1 << ordinal();
    }
  }

  /** Whatever it is. */
  static final Shape ANY =
      new Shape((1 << Kind.values().length) - 1, Text.ANY, Range.ANY, Members.ANY);

  /** Nothing is. */
  static final Shape NONE = new Shape(0, Text.ANY, Range.ANY, Members.ANY);

  boolean allows(Kind kind) {
    return (kinds & kind.bit()) != 0;
  }

  /**
   * What a string must be; control characters never pass a {@link JsonCursor}.
   *
   * @param bytesMin 0 or 1
   * @param values one of these; none: any
   */
  record Text(int bytesMin, int bytesMax, List<byte[]> values) {
    static final Text ANY = new Text(0, Integer.MAX_VALUE, List.of());

    boolean fits(byte[] bytes, int from, int to) {
      int length = to - from;
      return length >= bytesMin
          && length <= bytesMax
          && (values.isEmpty() || isValue(bytes, from, to));
    }

    private boolean isValue(byte[] bytes, int from, int to) {
      for (byte[] value : values) {
        if (Arrays.equals(value, 0, value.length, bytes, from, to)) {
          return true;
        }
      }
      return false;
    }
  }

  /** What a whole number must be. */
  record Range(long minimum, long maximum) {
    static final Range ANY = new Range(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * What the members of an object must be.
   *
   * @param known members that the schema names; at most 64
   * @param required bits of those that must be there
   * @param name what each name must be
   * @param others what the value of a member must be that the schema does not name
   */
  record Members(Member[] known, long required, Text name, Shape others, int least, int most) {
    static final Members ANY = new Members(new Member[0], 0, Text.ANY, null, 0, Integer.MAX_VALUE);

    /** Its place among those that are known; -1: it is another. */
    int find(byte[] bytes, int from, int to) {
      for (int i = 0; i < known.length; i++) {
        byte[] name = known[i].name;
        if (name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to)) {
          return i;
        }
      }
      return -1;
    }

    /** The shape of the member at that place. */
    Shape shape(int place) {
      if (place >= 0) {
        return known[place].shape;
      }
      return others == null ? Shape.ANY : others;
    }
  }

  /** A member that a schema names. */
  record Member(byte[] name, Shape shape) {}
}
