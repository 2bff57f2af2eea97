// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * What an operator calls a dead letter by: its place in the topic, {@code partition/offset}. It
 * does not say whether there is such a letter.
 */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}/[0-9]{1,18}");
  private static final Comparator<LetterId> ORDER =
      Comparator.comparingInt(LetterId::partition).thenComparingLong(LetterId::offset);

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static LetterId parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a dead letter is named by partition/offset, such as 0/17, not '" + text + "'");
    }
    int slash = text.indexOf('/');
    return new LetterId(
        Integer.parseInt(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
  }

  @Override
  public int compareTo(LetterId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return partition + "/" + offset;
  }
}
