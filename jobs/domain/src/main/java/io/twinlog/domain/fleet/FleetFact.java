// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.fleet;

import io.twinlog.domain.Moment;
import io.twinlog.domain.device.StatusTally;
import java.util.List;
import java.util.SortedMap;

/** What the fleet writes out; {@code version} counts these, over all models. */
public sealed interface FleetFact {
  long version();

  /**
   * The devices of a model by status.
   *
   * @param at end of the minute
   */
  record ModelCounted(long version, String model, StatusTally devices, Moment at)
      implements FleetFact {}

  /**
   * More devices than is normal fell silent within one minute.
   *
   * @param at end of the minute
   * @param inService devices that were not decommissioned
   * @param byModel devices that fell silent, by model
   * @param deviceIds the first of them, at most {@link FleetRules#IDS_MAX}
   */
  record MassSilence(
      long version,
      Moment at,
      long devices,
      long inService,
      SortedMap<String, Long> byModel,
      List<String> deviceIds)
      implements FleetFact {}
}
