// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Moment;
import java.nio.charset.StandardCharsets;

/**
 * Time in the log at a record: that of the last tick before it in its source partition. Header
 * {@code tl-clock}, written {@code epoch/clock/wall}.
 *
 * @param epoch raised when a source topic was replaced
 * @param clock milliseconds of log time without the outages
 * @param wall wall clock of the tick, epoch milliseconds; 0 where no tick was seen yet
 */
public record LogClock(int epoch, long clock, long wall) {
  /** Before the first tick. */
  public static final LogClock UNKNOWN = new LogClock(0, 0, 0);

  public Moment moment() {
    return new Moment(clock, wall);
  }

  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is not three numbers
   */
  public static LogClock parse(byte[] text) {
    String[] parts = new String(text, StandardCharsets.US_ASCII).split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a clock has three parts, epoch/clock/wall: " + String.join("/", parts));
    }
    return new LogClock(
        Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  @Override
  public String toString() {
    return epoch + "/" + clock + "/" + wall;
  }
}
