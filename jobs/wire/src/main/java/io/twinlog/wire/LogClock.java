// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Moment;
import java.nio.charset.StandardCharsets;

/**
 * Time in the log at a record: that of the last tick before it in its source partition. Header
 * {@code tl-clock}, written {@code epoch/clock/wall}.
 *
 * @param epoch raised when a source topic was replaced
 * @param moment the same for all records between two ticks: readers share it
 */
public record LogClock(int epoch, Moment moment) {
  /** Before the first tick. */
  public static final LogClock UNKNOWN = new LogClock(0, 0, 0);

  public LogClock(int epoch, long clock, long wall) {
    this(epoch, new Moment(clock, wall));
  }

  /** Milliseconds of log time without the outages. */
  public long clock() {
    return moment.clock();
  }

  /** Wall clock of the tick, epoch milliseconds; 0 where no tick was seen yet. */
  public long wall() {
    return moment.logTime();
  }

  /** Whether it is this one. */
  public boolean is(int otherEpoch, long clock, long wall) {
    return epoch == otherEpoch && clock() == clock && wall() == wall;
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
    return epoch + "/" + clock() + "/" + wall();
  }
}
