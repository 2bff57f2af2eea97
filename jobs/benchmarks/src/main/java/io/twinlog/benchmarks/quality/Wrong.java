// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.quality;

import java.util.Locale;

/**
 * Something that truly was wrong with a sensor: one reading, or an episode of them.
 *
 * @param id of the event, of a spike; empty: of an episode
 * @param begin event time of the first reading, epoch ms
 * @param end of the last
 * @param readings how many there were
 * @param reported by the last of them; NaN: nothing
 * @param open whether it went on when the run ended
 */
public record Wrong(
    Kind kind,
    String device,
    String metric,
    String id,
    long begin,
    long end,
    long readings,
    double reported,
    boolean open) {
  /** How it shows. */
  public enum Kind {
    SPIKE,
    STUCK,
    DRIFT,
    DROPOUT;

    /** As figures name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
