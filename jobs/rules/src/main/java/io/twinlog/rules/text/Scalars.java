// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.text;

import io.twinlog.rules.text.Node.Text;
import java.util.regex.Pattern;

/** What single values mean: the core schema of YAML 1.2, of which JSON is a part. */
public final class Scalars {
  /** What a single value can be. */
  public enum Meaning {
    NULL,
    BOOLEAN,
    WHOLE,
    NUMBER,
    TEXT
  }

  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?(?:\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

  private Scalars() {}

  static Meaning meaning(Text text) {
    if (!text.plain()) {
      return Meaning.TEXT;
    }
    String value = text.value();
    if (NULL.matcher(value).matches()) {
      return Meaning.NULL;
    }
    if (BOOLEAN.matcher(value).matches()) {
      return Meaning.BOOLEAN;
    }
    if (WHOLE.matcher(value).matches()) {
      return Meaning.WHOLE;
    }
    return NUMBER.matcher(value).matches() || NOT_FINITE.matcher(value).matches()
        ? Meaning.NUMBER
        : Meaning.TEXT;
  }

  public static boolean is(Node node, Meaning meaning) {
    return node instanceof Text text && meaning(text) == meaning;
  }

  /** Whether it is a number, whole or not. */
  public static boolean isNumber(Node node) {
    return is(node, Meaning.WHOLE) || is(node, Meaning.NUMBER);
  }

  /** Of a number; not finite where it is written so, or too large for a double. */
  public static double number(Text text) {
    return NOT_FINITE.matcher(text.value()).matches()
        ? Double.NaN
        : Double.parseDouble(text.value());
  }

  /** Of a boolean. */
  public static boolean bool(Text text) {
    return Boolean.parseBoolean(text.value());
  }
}
