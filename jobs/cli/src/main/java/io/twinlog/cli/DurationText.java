// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as the command line has them: a number with ms, s, m, h or d. */
final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration: a number with ms, s, m, h or d, such as 30s");
    }
    BigDecimal millis =
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(form.group(2))));
    if (millis.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw new TypeConversionException("'" + text + "' is longer than 24d");
    }
    if (millis.stripTrailingZeros().scale() > 0) {
      throw new TypeConversionException("'" + text + "' is no whole number of milliseconds");
    }
    return Duration.ofMillis(millis.longValue());
  }

  /** The shortest text that reads back: {@code 90s}, {@code 7d}. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      if (millis > 0 && millis % MILLIS.get(unit) == 0) {
        return millis / MILLIS.get(unit) + unit;
      }
    }
    return millis + "ms";
  }
}
