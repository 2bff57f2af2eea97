// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import io.twinlog.domain.Values;
import io.twinlog.domain.device.DeviceRules;
import io.twinlog.domain.device.Registration;

/**
 * All that decides what a fleet does: two fleets of the same plan say the same in the same order.
 *
 * @param seed of all chance
 * @param devices how many, at least 1
 * @param rate messages in a second of the fleet's own time
 * @param name what the devices' names begin with: {@code sim} gives {@code sim-00042}
 * @param run tells ids of this run from those of the runs before: they are to be no doubles
 * @param again whether the devices may have been here before, and what they left open is to be
 *     cleared
 */
public record FleetPlan(
    long seed, int devices, double rate, Mix mix, String name, String run, boolean again) {
  public static final int DEVICES_MAX = 1_000_000;

  private static final int SECOND = 1_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when there are too few or too many devices, or no rate
   */
  public FleetPlan {
    if (devices < 1 || devices > DEVICES_MAX) {
      throw new IllegalArgumentException(
          "a fleet has 1 to %,d devices, not %,d".formatted(DEVICES_MAX, devices));
    }
    if (!(rate > 0) || rate > 10_000_000) {
      throw new IllegalArgumentException("the rate is more than 0 a second, not " + rate);
    }
  }

  /** Time from one turn of a device to its next, on average; ms. */
  public double turnMillis() {
    double turns = 1 - mix.followers() - mix.of(Share.MALFORMED);
    return devices * (double) SECOND / (rate * turns);
  }

  /**
   * What devices declare: half as long again as their turns, as these come by chance in a mix with
   * much else in it. Whole seconds.
   */
  public long heartbeatIntervalMillis() {
    double declared = 1.5 * turnMillis() + 2 * SECOND / rate;
    return Math.max(1, (long) Math.ceil(declared / SECOND)) * SECOND;
  }

  /** Silence after which Twinlog finds a device offline, as its usual rules have it. */
  public long timeoutMillis() {
    return DeviceRules.DEFAULT.timeoutOf(
        new Registration("", "", Values.NONE, heartbeatIntervalMillis(), 0));
  }

  /** How many messages the fleet sends in so long, at least one. */
  long messagesIn(double millis) {
    return Math.max(1, Math.round(millis * rate / SECOND));
  }

  String device(int index) {
    String digits = Integer.toString(index);
    return name + "-" + "0".repeat(Math.max(0, 5 - digits.length())) + digits;
  }
}
