// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

/**
 * Whose turn it is: all devices one after the other, in an order that the seed shuffles and that
 * stays, so that each has a phase of its own. It keeps no list.
 */
final class Rotation {
  private final int devices;
  private final long step;
  private final long first;

  Rotation(int devices, Dice dice) {
    this.devices = devices;
    first = dice.below(devices);
    long candidate = 1 + dice.below(devices);
    while (divisor(candidate, devices) != 1) {
      candidate++;
    }
    step = candidate;
  }

  private static long divisor(long one, long other) {
    return other == 0 ? one : divisor(other, one % other);
  }

  int device(long turn) {
    return (int) ((first + turn % devices * step) % devices);
  }
}
