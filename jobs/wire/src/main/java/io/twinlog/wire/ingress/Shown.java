// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Renders values of unknown origin so that they can stand in a message, a log line or a terminal:
 * short, on one line, without control characters. What it gives cannot be parsed back.
 */
final class Shown {
  static final int LENGTH_MAX = 64;

  private Shown() {}

  /** In quotes. */
  static String text(String value) {
    return '"' + name(value) + '"';
  }

  /** Without quotes: a key within a path, or words of a library. */
  static String name(String value) {
    return name(value, LENGTH_MAX);
  }

  /** Without quotes, cut to the given number of code points, the ellipsis among them. */
  static String name(String value, int lengthMax) {
    boolean cut = value.codePointCount(0, value.length()) > lengthMax;
    int end = cut ? value.offsetByCodePoints(0, lengthMax - 1) : value.length();
    StringBuilder shown = new StringBuilder(end + 8);
    for (int i = 0; i < end; ) {
      int point = value.codePointAt(i);
      if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
        shown.append(String.format("\\u%04x", point));
      } else {
        shown.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return cut ? shown.append('…').toString() : shown.toString();
  }

  /** Scalars by their value, all else by its kind. */
  static String node(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> text(node.textValue());
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NUMBER, BOOLEAN, NULL -> name(node.asText());
      case BINARY, MISSING, POJO -> throw new IllegalStateException("not read by us: " + node);
    };
  }
}
