// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.List;

/**
 * What an input, or a deadline, does to the telemetry of a device.
 *
 * @param after what is kept from here on
 * @param facts to be told, in order
 */
public record TelemetryStep(TelemetryVitals after, List<TelemetryFact> facts) {
  public TelemetryStep {
    facts = List.copyOf(facts);
  }
}
