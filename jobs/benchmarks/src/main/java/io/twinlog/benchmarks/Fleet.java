// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.util.Locale;

/**
 * A simulated fleet: which device speaks when. Time is cut into rounds, in which each device speaks
 * once, always at its own moment; the order of moments has nothing to do with that of the ids.
 *
 * @param of what its members are
 * @param devices how many
 * @param intervalMillis length of a round, simulated
 */
record Fleet(Members of, int devices, long intervalMillis) {
  /** What speaks. */
  enum Members {
    DEVICES,
    /** Of services; each says how it is. */
    INSTANCES,
    /** Of errors; each has the same one again and again. */
    SOURCES;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Devices come into service evenly over so many rounds: a fleet of all ages. */
  static final int STARTING_ROUNDS = 6;

  private static final double GOLDEN = 0.6180339887;

  /** One device's turn to speak; slots are counted through all rounds. */
  record Slot(int device, int round, long atMillis) {
    /** Round in which the device came into service. */
    int firstRound() {
      return device % STARTING_ROUNDS;
    }

    boolean inService() {
      return round >= firstRound();
    }

    /** Whether this is the device's first, so that it has to be registered before. */
    boolean isFirst() {
      return round == firstRound();
    }

    /** Counts the events of the device from 1 on. */
    int sequence() {
      return round - firstRound() + 1;
    }
  }

  /** What happens in that slot. */
  Slot slot(long number) {
    int round = Math.toIntExact(number / devices);
    long moment = number % devices;
    int device = (int) (moment * stride() % devices);
    long at = round * intervalMillis + moment * intervalMillis / devices;
    return new Slot(device, round, at);
  }

  /** Has no divisor in common with the number of devices, so that each has a moment of its own. */
  private long stride() {
    long stride = Math.max(1, Math.round(devices * GOLDEN));
    while (divisor(stride, devices) > 1) {
      stride++;
    }
    return stride;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** The slots of whole rounds. */
  long slots(int rounds) {
    return (long) rounds * devices;
  }
}
