// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as every command of Twinlog has them: a number with ms, s, m, h or d. */
final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("\\d{1,9}(ms|s|m|h|d)");

  @Override
  public Duration convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "'%s' is no duration: a number with ms, s, m, h or d".formatted(text));
    }
    return TimeUtils.parseDuration(text);
  }
}
