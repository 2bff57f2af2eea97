// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says how far the reading of a topic is, where that takes longer than a few seconds. */
final class ReadProgress {
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  private final Environment environment;
  private final String topic;
  private final long offsets;
  private Instant next;

  /**
   * @param offsets to be read in all
   */
  ReadProgress(Environment environment, String topic, long offsets) {
    this.environment = environment;
    this.topic = topic;
    this.offsets = offsets;
    this.next = environment.clock().instant().plus(BETWEEN);
  }

  /**
   * Looks whether it is time to say something.
   *
   * @param left offsets that are not read yet
   */
  void look(long left) {
    Instant now = environment.clock().instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(BETWEEN);
    environment.say(
        String.format(
            Locale.ROOT, "twinlog: reads %s: %,d of %,d offsets", topic, offsets - left, offsets));
  }
}
