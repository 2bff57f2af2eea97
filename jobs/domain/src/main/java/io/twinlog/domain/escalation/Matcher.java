// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a label has a value. A label that is not there has the empty one (Prometheus
 * Alertmanager, "Matcher").
 *
 * @param value of {@link Op#MATCHES} an expression for the whole value
 */
public record Matcher(String label, Op op, String value) {
  /** An expression may have so many characters. */
  public static final int EXPRESSION_MAX = 256;

  /** How the label is compared. */
  public enum Op {
    EQUALS("="),
    DIFFERS("!="),
    MATCHES("=~");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    /** As it is written. */
    public String text() {
      return text;
    }

    /**
     * The one that is written so.
     *
     * @throws IllegalArgumentException when none is
     */
    public static Op of(String text) {
      for (Op op : values()) {
        if (op.text.equals(text)) {
          return op;
        }
      }
      throw new IllegalArgumentException("must be one of =, !=, =~; is " + text);
    }
  }

  /** Whether it fits these labels. */
  public boolean fits(Map<String, String> labels) {
    String actual = labels.getOrDefault(label, "");
    return switch (op) {
      case EQUALS -> actual.equals(value);
      case DIFFERS -> !actual.equals(value);
      case MATCHES -> Bounded.matches(value, actual);
    };
  }

  /** Whether all of them fit; none at all fit nothing. */
  static boolean allFit(List<Matcher> matchers, Map<String, String> labels) {
    return !matchers.isEmpty() && matchers.stream().allMatch(matcher -> matcher.fits(labels));
  }

  /** What is wrong with it; empty: nothing. */
  public String flaw() {
    if (op != Op.MATCHES) {
      return "";
    }
    if (value.length() > EXPRESSION_MAX) {
      return "an expression may have " + EXPRESSION_MAX + " characters";
    }
    try {
      Pattern.compile(value);
      return "";
    } catch (PatternSyntaxException e) {
      return "is no regular expression: " + e.getDescription();
    }
  }

  @Override
  public String toString() {
    return label + op.text + '"' + value + '"';
  }

  /**
   * A text that lets itself be read so often: expressions are people's, and some would take for
   * ever. Such a one fits nothing.
   */
  private record Bounded(String text, int[] left) implements CharSequence {
    private static final int READS_MAX = 100_000;

    /** It has been read too often. */
    private static final class TooOften extends RuntimeException {
      private static final long serialVersionUID = 1;

      TooOften() {
        super("an expression takes too long", null, false, false);
      }
    }

    static boolean matches(String expression, String text) {
      try {
        return Pattern.compile(expression)
            .matcher(new Bounded(text, new int[] {READS_MAX}))
            .matches();
      } catch (TooOften | PatternSyntaxException e) {
        return false;
      }
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new TooOften();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Bounded(text.substring(start, end), left);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
