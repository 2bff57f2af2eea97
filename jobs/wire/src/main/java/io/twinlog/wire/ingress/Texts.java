// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

/** What is asked of strings; lengths are in code points. */
final class Texts {
  private Texts() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static boolean longerThan(String text, int most) {
    return text.length() > most && length(text) > most;
  }

  /** C0, DEL or C1. */
  static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (!Character.isSurrogate(unit)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(unit)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) {
        return true;
      }
      i++;
    }
    return false;
  }

  /** Whether it can be an id or a name: 1 to {@code most} characters, none of control, no half. */
  static boolean isName(String text, int most) {
    return !text.isEmpty()
        && !longerThan(text, most)
        && !hasControl(text)
        && !hasLoneSurrogate(text);
  }
}
