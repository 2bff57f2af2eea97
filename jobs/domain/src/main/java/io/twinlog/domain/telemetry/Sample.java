// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.Values;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value of one metric as a {@link QualityCheck} sees it, with what stands around it. Times are in
 * ms since 1970.
 *
 * @param reading the value that is judged, with its event time
 * @param earlier see {@link #previous}; null: there is none
 * @param data all values of its record, this one included
 * @param logTime of its record
 */
public record Sample(Subject subject, Reading reading, Reading earlier, Values data, long logTime) {
  /**
   * Whose value it is.
   *
   * @param model empty: of a device that has not been seen registered
   */
  public record Subject(String deviceId, String model, String metric) {}

  /** A value at an event time. */
  public record Reading(Scalar value, long timestamp) {
    /** The value, if it is a number. */
    public OptionalDouble number() {
      if (value instanceof Scalar.Whole whole) {
        return OptionalDouble.of(whole.value());
      }
      return value instanceof Scalar.Decimal decimal
          ? OptionalDouble.of(decimal.value())
          : OptionalDouble.empty();
    }
  }

  public String deviceId() {
    return subject.deviceId();
  }

  public String model() {
    return subject.model();
  }

  public String metric() {
    return subject.metric();
  }

  /** The number of another metric of its record; empty: it has none, or no number. */
  public OptionalDouble number(String metric) {
    return new Reading(data.entries().get(metric), reading.timestamp()).number();
  }

  /**
   * The newest value of this metric of this device before this one, by event time. Empty for the
   * first one, and for one that is older than what was seen before.
   */
  public Optional<Reading> previous() {
    return Optional.ofNullable(earlier);
  }
}
