// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

import java.util.List;

/** A value in a text, and where it begins. */
public sealed interface Node {
  Place place();

  /** As people call it: {@code a list}, {@code the text 'yes'}. */
  String shown();

  /**
   * A single value. What it means depends on what is expected: see {@link Scalars}.
   *
   * @param value the text, unquoted
   * @param plain whether it stands without quotes, and may so be a number, true, false or null
   * @param source where each of its characters stands
   */
  record Text(Place place, String value, boolean plain, ScalarSource source) implements Node {
    private static final int SHOWN_MAX = 40;

    @Override
    public String shown() {
      String shown =
          value.length() <= SHOWN_MAX
              ? value
              : value.substring(0, value.offsetByCodePoints(0, SHOWN_MAX / 2)) + '…';
      return switch (Scalars.meaning(this)) {
        case NULL -> "nothing";
        case BOOLEAN, WHOLE, NUMBER -> shown;
        case TEXT -> "the text '" + shown.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?") + "'";
      };
    }
  }

  /** Values in order. */
  record Items(Place place, List<Node> items) implements Node {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /** Values by name. */
  record Fields(Place place, List<Field> fields) implements Node {
    @Override
    public String shown() {
      return "fields";
    }
  }

  /** A value and its name. */
  record Field(Text key, Node value) {
    public String name() {
      return key.value;
    }
  }
}
