// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/**
 * What was found about a record.
 *
 * @param metric empty: of the record as a whole
 * @param check name of the check
 * @param hard whether the record was rejected for it
 * @param message with the value and the bound
 */
public record Flag(String metric, String check, boolean hard, String message) {
  static Flag soft(String metric, String check, String message) {
    return new Flag(metric, check, false, message);
  }

  /** As rules name it: {@code temperature/range}, or {@code late}. */
  public String path() {
    return metric.isEmpty() ? check : metric + '/' + check;
  }
}
