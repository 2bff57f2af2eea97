// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

/**
 * Where the characters of a value stand in the document, although it may be quoted, escaped,
 * indented or folded there.
 */
public final class ScalarSource {
  /** How a value is written. */
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    BLOCK
  }

  private final int[] document;
  private final int from;
  private final Place start;
  private final Style style;

  /**
   * @param document in code points
   * @param from where the value begins, its quote or block indicator included
   * @param start the same place for people
   */
  ScalarSource(int[] document, int from, Place start, Style style) {
    this.document = document;
    this.from = from;
    this.start = start;
    this.style = style;
  }

  /**
   * The place of a character of the value; of a space or line end, that of what follows.
   *
   * @param line of the value, from 1
   * @param column from 1
   */
  public Place place(String value, int line, int column) {
    int until = offset(value, line, column);
    Walk walk = new Walk();
    int[] characters = value.codePoints().toArray();
    for (int i = 0; i < Math.min(until, characters.length); i++) {
      if (!Character.isWhitespace(characters[i])) {
        walk.skipSpace();
        walk.skipCharacter();
      }
    }
    boolean more = until < characters.length && !Character.isWhitespace(characters[until]);
    if (more) {
      walk.skipSpace();
    }
    return walk.place();
  }

  private static int offset(String value, int line, int column) {
    int from = 0;
    for (int passed = 1; passed < line; passed++) {
      int end = value.indexOf('\n', from);
      if (end < 0) {
        break;
      }
      from = end + 1;
    }
    return value.codePointCount(0, from) + column - 1;
  }

  /** Goes through the document from the beginning of the value. */
  private final class Walk {
    private int at = from;
    private int line = start.line();
    private int column = start.column();

    Walk() {
      switch (style) {
        case PLAIN -> {}
        case SINGLE_QUOTED, DOUBLE_QUOTED -> step();
        case BLOCK -> {
          while (at < document.length && document[at] != '\n') {
            step();
          }
        }
      }
    }

    Place place() {
      return new Place(line, column);
    }

    private void step() {
      if (at >= document.length) {
        return;
      }
      if (document[at] == '\n') {
        line++;
        column = 0;
      }
      at++;
      column++;
    }

    /** Spaces and line ends, also those that are escaped, or hidden by a backslash. */
    void skipSpace() {
      int steps = space();
      while (steps > 0) {
        for (int i = 0; i < steps; i++) {
          step();
        }
        steps = space();
      }
    }

    /** How many characters of the document are the next space; 0: there is none. */
    private int space() {
      if (at >= document.length) {
        return 0;
      }
      if (Character.isWhitespace(document[at])) {
        return 1;
      }
      if (style != Style.DOUBLE_QUOTED || document[at] != '\\' || at + 1 >= document.length) {
        return 0;
      }
      return switch (document[at + 1]) {
        case ' ', '\t', '\r', '\n' -> 1;
        case 't', 'n', 'v', 'f', 'r' -> 2;
        case 'x', 'u', 'U' -> Character.isWhitespace(escaped()) ? escape() : 0;
        default -> 0;
      };
    }

    /** The character of an escape by number. */
    private int escaped() {
      int number = 0;
      for (int i = at + 2; i < Math.min(at + escape(), document.length); i++) {
        number = number * 16 + Math.max(0, Character.digit(document[i], 16));
      }
      return number;
    }

    /** One of the value, however it is written. */
    void skipCharacter() {
      int steps =
          switch (style) {
            case PLAIN, BLOCK -> 1;
            case SINGLE_QUOTED -> at < document.length && document[at] == '\'' ? 2 : 1;
            case DOUBLE_QUOTED -> at < document.length && document[at] == '\\' ? escape() : 1;
          };
      for (int i = 0; i < steps; i++) {
        step();
      }
    }

    private int escape() {
      int kind = at + 1 < document.length ? document[at + 1] : 0;
      return switch (kind) {
        case 'x' -> 4;
        case 'u' -> isHighSurrogate() ? 12 : 6;
        case 'U' -> 10;
        default -> 2;
      };
    }

    /** JSON writes what is beyond the first 65,536 characters as two escapes. */
    private boolean isHighSurrogate() {
      return at + 3 < document.length
          && Character.toLowerCase(document[at + 2]) == 'd'
          && "89abAB".indexOf(document[at + 3]) >= 0;
    }
  }
}
