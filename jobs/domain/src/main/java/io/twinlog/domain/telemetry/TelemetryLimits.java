// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.io.Serializable;

/**
 * What bounds the state of a device, and how long it is kept. Times are in ms of the clock.
 *
 * @param metricsMax metrics of a device that are kept track of
 * @param windowBytesMax that its windows may take; the oldest are closed for good beyond it
 * @param keptBytesMax that records which wait for a result may take; the oldest gives way
 * @param retention silence after which a device's telemetry is forgotten
 * @param rewrite the projection is written again at least so often
 */
public record TelemetryLimits(
    int metricsMax, int windowBytesMax, int keptBytesMax, long retention, long rewrite)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public static final TelemetryLimits DEFAULT =
      new TelemetryLimits(64, 512 << 10, 64 << 10, 30L * 86_400_000, 86_400_000L);
}
