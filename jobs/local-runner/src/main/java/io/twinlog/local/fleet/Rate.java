// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many messages a second a fleet sends, or as many as can be sent.
 *
 * @param perSecond of the fleet's own time, by which readings move and last wills come late; with
 *     {@code max} no measure of the wall's
 * @param max as fast as the brokers take them
 */
record Rate(double perSecond, boolean max) {
  /** What a fleet without a pace takes a second for. */
  private static final double OWN_TIME = 1_000;

  private static final double MOST = 10_000_000;

  static final Rate MAX = new Rate(OWN_TIME, true);

  static Rate of(double perSecond) {
    return new Rate(perSecond, false);
  }

  String text() {
    return max ? "max" : String.format(Locale.ROOT, "%.1f", perSecond);
  }

  /** Reads a number, or {@code max}. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      if (text.equals("max")) {
        return MAX;
      }
      try {
        double perSecond = Double.parseDouble(text);
        if (perSecond > 0 && perSecond <= MOST) {
          return of(perSecond);
        }
      } catch (NumberFormatException e) {
        // Told below, with what it is to be.
      }
      throw new TypeConversionException(
          "'%s' is no rate: messages a second, more than 0, or max".formatted(text));
    }
  }
}
