// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

/**
 * Makes spaces of the tabs that stand between the words of JSON, where YAML takes none. It leaves
 * those of texts, quoted or not, as they are. Nothing moves.
 */
final class JsonTabs {
  /** Behind one of these, and spaces, begins a word. */
  private static final String BEGINS = "{[,:\n\r";

  private static final String ENDS = "}]\"'";

  private final char[] text;
  private int at;
  // The last that was no space.
  private char before = '\n';

  private JsonTabs(String text) {
    this.text = text.toCharArray();
  }

  static String toSpaces(String text) {
    JsonTabs tabs = new JsonTabs(text);
    while (tabs.at < tabs.text.length) {
      tabs.step();
    }
    return new String(tabs.text);
  }

  private void step() {
    char c = text[at];
    boolean begins = BEGINS.indexOf(before) >= 0;
    if (begins && (c == '"' || c == '\'')) {
      skipText(c);
    } else if (c == '#' && (at == 0 || Character.isWhitespace(text[at - 1]))) {
      skipComment();
      return;
    } else if (c == '\t' && (begins || ENDS.indexOf(before) >= 0)) {
      text[at] = ' ';
    }
    before = c == ' ' || c == '\t' ? before : c;
    at++;
  }

  /** To its closing quote. */
  private void skipText(char quote) {
    at++;
    while (at < text.length && !isEnd(quote)) {
      at += text[at] == quote || quote == '"' && text[at] == '\\' ? 2 : 1;
    }
  }

  /** A single quote that is doubled is one of the text. */
  private boolean isEnd(char quote) {
    return text[at] == quote && !(quote == '\'' && at + 1 < text.length && text[at + 1] == quote);
  }

  private void skipComment() {
    while (at < text.length && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
  }
}
