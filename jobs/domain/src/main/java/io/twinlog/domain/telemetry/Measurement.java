// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Scalar;
import java.util.List;

/**
 * What a device measured at one time.
 *
 * @param eventId of the event that told it; with the device's id the id of the record
 * @param timestamp event time, epoch ms; log time where it ran too far ahead
 * @param ahead whether it did
 * @param values one per metric, in the order of the event
 */
public record Measurement(String eventId, long timestamp, boolean ahead, List<Value> values) {
  public Measurement {
    values = List.copyOf(values);
  }

  /** The value of a metric. */
  public record Value(String metric, Scalar value) {}
}
