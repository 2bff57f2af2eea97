// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import java.util.List;
import java.util.Random;

/** All chance of a simulation: the same seed gives the same throws. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  boolean percent(int chance) {
    return below(100) < chance;
  }

  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }
}
