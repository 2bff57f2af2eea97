// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
public final class Names {
  /** Edits between two names that are taken for one another, of long names. */
  private static final int EDITS_MAX = 2;

  private record Guess(String name, int edits) {}

  private Names() {}

  /** The name that is closest to a wrong one; empty: none is close. */
  public static Optional<String> closest(String wrong, Collection<String> right) {
    int most = wrong.length() < 4 ? 1 : EDITS_MAX;
    return right.stream()
        .filter(name -> Math.abs(name.length() - wrong.length()) <= most)
        .map(name -> new Guess(name, edits(wrong, name)))
        .filter(guess -> guess.edits <= most)
        .min(Comparator.comparingInt(Guess::edits).thenComparing(Guess::name))
        .map(Guess::name);
  }

  /** {@code ; did you mean 'range'?}, or nothing. */
  public static String hint(String wrong, Collection<String> right) {
    return closest(wrong, right).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** Levenshtein's distance, in one row at a time. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int change = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(change, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
