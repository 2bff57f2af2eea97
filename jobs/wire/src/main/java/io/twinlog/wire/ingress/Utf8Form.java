// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/**
 * Tells whether bytes are well-formed UTF-8: Jackson lets overlong forms and encoded surrogates
 * pass. Source: the Unicode Standard, table 3-7.
 */
final class Utf8Form {
  private Utf8Form() {}

  /** Offset of the first sequence that is not well-formed; -1: there is none. */
  static int firstIllFormed(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      int length = bytes[i] >= 0 ? 1 : sequenceLength(bytes, i);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** Bytes of the sequence of two to four bytes that begins there; 0: it is not well-formed. */
  static int sequenceLength(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
