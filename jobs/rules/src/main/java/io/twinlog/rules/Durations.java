// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as rules have them: a number with ms, s, m, h or d. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) ?(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      new TreeMap<>(Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L));

  private Durations() {}

  /** Milliseconds; empty: it is no duration, or no whole number of ms. */
  public static OptionalLong millis(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return OptionalLong.empty();
    }
    BigDecimal millis =
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(form.group(2))));
    return millis.stripTrailingZeros().scale() > 0
        ? OptionalLong.empty()
        : OptionalLong.of(millis.longValue());
  }

  /** The shortest text that reads back: {@code 90s}, {@code 7d}. */
  public static String text(long millis) {
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      if (millis > 0 && millis % MILLIS.get(unit) == 0) {
        return millis / MILLIS.get(unit) + unit;
      }
    }
    return millis + "ms";
  }
}
