// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

/**
 * Escapes what a terminal would obey instead of showing: control characters (C0, DEL, C1),
 * invisible formatting such as bidirectional overrides, line separators, lone surrogates. Inside a
 * JSON string the escape means the same character, so JSON stays equal.
 */
final class TerminalText {
  private TerminalText() {}

  /** Escapes as {@code \}{@code uXXXX}, one per UTF-16 unit. */
  static String escape(String text) {
    if (plain(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            character -> {
              if (obeyed(character)) {
                for (char unit : Character.toChars(character)) {
                  escaped.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }

  /**
   * The text as a cell of a table, or a dash for none. Escaped before it is measured: what is
   * printed has the width of what is counted.
   */
  static String cell(String text, int shown) {
    String escaped = escape(text);
    if (escaped.isEmpty()) {
      return "-";
    }
    return escaped.length() <= shown ? escaped : escaped.substring(0, shown - 1) + '…';
  }

  private static boolean plain(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < ' ' || text.charAt(at) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean obeyed(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
