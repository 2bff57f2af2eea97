// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

/**
 * All chance of a fleet: the same seed gives the same throws, on every machine and every JDK.
 *
 * <p>Source: SplitMix64, Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
 * (OOPSLA 2014). Not for threads to share.
 */
final class Dice {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  Dice(long seed) {
    state = mix(seed + GAMMA);
  }

  /** From 0 to 1, 1 excluded. */
  double unit() {
    state += GAMMA;
    return toUnit(mix(state));
  }

  boolean chance(double share) {
    return unit() < share;
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) (unit() * bound);
  }

  /** From {@code least} to {@code most}, both included. */
  long between(long least, long most) {
    return least + (long) (unit() * (most - least + 1));
  }

  /** A throw that depends on its arguments alone, whenever it is asked for: 0 to 1, 1 excluded. */
  static double unit(long seed, long first, long second) {
    return toUnit(mix(mix(mix(seed + GAMMA) + first * GAMMA) + second * GAMMA));
  }

  private static double toUnit(long bits) {
    return (bits >>> 11) * UNIT;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
