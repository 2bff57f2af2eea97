// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

/** How much event time a window spans; windows begin at whole multiples of it since the epoch. */
public enum WindowSize {
  MINUTE("1m", 60_000),
  HOUR("1h", 3_600_000),
  DAY("1d", 86_400_000);

  /** All of them, shortest first; not to be changed. */
  static final WindowSize[] ALL = values();

  /** All but the shortest. */
  static final WindowSize[] LONG = {HOUR, DAY};

  private final String text;
  private final long millis;

  WindowSize(String text, long millis) {
    this.text = text;
    this.millis = millis;
  }

  /** As records name it. */
  public String text() {
    return text;
  }

  public long millis() {
    return millis;
  }

  /** Begin of the window that an event time falls into. */
  public long start(long timestamp) {
    // By constants: a division by a number that nobody knows takes ten times as long.
    return switch (this) {
      case MINUTE -> Math.floorDiv(timestamp, 60_000L) * 60_000L;
      case HOUR -> Math.floorDiv(timestamp, 3_600_000L) * 3_600_000L;
      case DAY -> Math.floorDiv(timestamp, 86_400_000L) * 86_400_000L;
    };
  }
}
