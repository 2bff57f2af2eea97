// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times as the command line has them: RFC 3339, with an offset from UTC. */
final class TimeText implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is no time with an offset from UTC, such as 2026-01-01T00:00:00Z");
    }
  }
}
