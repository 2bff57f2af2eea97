// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives the same string for the same bytes, as long as it remembers them: for texts of which there
 * are few, in very many records. Not for threads to share.
 */
final class KnownTexts {
  private static final int SLOTS = 256;
  private static final int BYTES_MAX = 128;

  private final byte[][] bytes = new byte[SLOTS][];
  private final String[] texts = new String[SLOTS];

  /** The text of these bytes of UTF-8. */
  String of(byte[] utf8, int from, int to) {
    if (to - from > BYTES_MAX) {
      return decoded(utf8, from, to);
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + utf8[i];
    }
    int slot = (hash ^ hash >>> 15) & SLOTS - 1;
    byte[] known = bytes[slot];
    if (known == null || !Arrays.equals(known, 0, known.length, utf8, from, to)) {
      bytes[slot] = Arrays.copyOfRange(utf8, from, to);
      texts[slot] = decoded(utf8, from, to);
    }
    return texts[slot];
  }

  private static String decoded(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }
}
