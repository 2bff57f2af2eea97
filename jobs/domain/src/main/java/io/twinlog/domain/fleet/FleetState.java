// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.fleet;

import io.twinlog.domain.device.StatusTally;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fleet as it is counted. Bounded: at most {@link FleetRules#MODELS_MAX} models and one more,
 * {@link FleetRules#IDS_MAX} ids.
 *
 * @param version facts written so far
 * @param models devices by model and status
 * @param changed models whose count has changed since it was last written
 * @param rewrittenClock when all counts were last written
 */
public record FleetState(
    long version,
    SortedMap<String, StatusTally> models,
    SortedSet<String> changed,
    Minute minute,
    long rewrittenClock) {
  static final FleetState EMPTY =
      new FleetState(0, new TreeMap<>(), new TreeSet<>(), Minute.quiet(0), 0);

  /**
   * Who fell silent within one minute of the clock.
   *
   * @param number the clock in minutes
   */
  public record Minute(
      long number, long silent, SortedMap<String, Long> byModel, List<String> deviceIds) {
    public static final long MILLIS = 60_000;

    public Minute {
      byModel = Collections.unmodifiableSortedMap(new TreeMap<>(byModel));
      deviceIds = List.copyOf(deviceIds);
    }

    static Minute quiet(long number) {
      return new Minute(number, 0, new TreeMap<>(), List.of());
    }

    /** The clock at which the next minute begins. */
    long end() {
      return (number + 1) * MILLIS;
    }
  }

  public FleetState {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
  }

  /** Devices that are not decommissioned. */
  long inService() {
    return models.values().stream().mapToLong(StatusTally::inService).sum();
  }
}
