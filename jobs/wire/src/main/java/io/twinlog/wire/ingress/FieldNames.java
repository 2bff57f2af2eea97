// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names of the members of an object, in the order in which most write them. */
final class FieldNames {
  private final byte[][] names;

  FieldNames(String... names) {
    this.names = new byte[names.length][];
    Arrays.setAll(this.names, i -> names[i].getBytes(StandardCharsets.US_ASCII));
  }

  /** Place of the name that the cursor passed last; -1: it is none of them. */
  int find(JsonCursor cursor, int expected) {
    for (int i = 0; i < names.length; i++) {
      int place = i + expected < names.length ? i + expected : i + expected - names.length;
      byte[] name = names[place];
      if (name.length == cursor.to() - cursor.from()
          && Arrays.equals(name, 0, name.length, cursor.bytes(), cursor.from(), cursor.to())) {
        return place;
      }
    }
    return -1;
  }
}
