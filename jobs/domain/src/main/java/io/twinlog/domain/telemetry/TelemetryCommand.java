// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/** What an input says to the telemetry of a device. */
public sealed interface TelemetryCommand {
  /** It measured something. */
  record Collected(Measurement measurement) implements TelemetryCommand {}

  /**
   * A record was processed.
   *
   * @param dataId id of the record
   * @param result JSON, as it was sent
   * @param processedAt event time, epoch ms
   */
  record Processed(String dataId, Json result, long processedAt) implements TelemetryCommand {}

  /** The device is of this model; whether it may be is for the device job to say. */
  record Registered(String model) implements TelemetryCommand {}

  /** The device is of no model any more. */
  record Withdrawn() implements TelemetryCommand {}

  /** Nothing that telemetry knows of. */
  record Aside() implements TelemetryCommand {}

  /**
   * A value in JSON.
   *
   * @param text as it is written
   * @param value the same, as conditions see it
   */
  record Json(String text, Object value) {}
}
