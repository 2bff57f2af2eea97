// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

/**
 * How a publisher behaves, beside how it reaches a broker ({@link ClientSettings}).
 *
 * @param retry what is done about events that could not be delivered. Default: nothing
 * @param bufferEventsMax events that may be under way, or wait to be tried again. Default 100,000
 * @param bufferBytesMax bytes of them. Default 32 MiB
 * @param whenFull what a caller meets whose event has no room. Default: it waits
 * @param lowPercent of the buffer: where more is taken, events of priority LOW are dropped, so that
 *     the others have room; 100: they wait as the others do. Default 80
 * @param checked whether each event is first judged by the router's own decoder, and not sent if
 *     the router would reject it. Default: no
 */
public record PublisherSettings(
    RetryPolicy retry,
    int bufferEventsMax,
    long bufferBytesMax,
    WhenFull whenFull,
    int lowPercent,
    boolean checked) {
  /** What a publisher has that nobody has told otherwise. */
  public static final PublisherSettings DEFAULT =
      new PublisherSettings(RetryPolicy.NONE, 100_000, 32L * 1024 * 1024, WhenFull.WAIT, 80, false);

  /** What a caller meets whose event has no room. */
  public enum WhenFull {
    /** The call waits for room, for the delivery timeout at most. */
    WAIT,
    /** The event is dropped, and the caller told at once. */
    DROP
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a number is out of its range
   */
  public PublisherSettings {
    if (bufferEventsMax < 1 || bufferBytesMax < 1) {
      throw new IllegalArgumentException(
          "a buffer has room for one event and one byte at least, not for %d and %d"
              .formatted(bufferEventsMax, bufferBytesMax));
    }
    if (lowPercent < 0 || lowPercent > 100) {
      throw new IllegalArgumentException("lowPercent is 0 to 100, not " + lowPercent);
    }
  }

  public PublisherSettings withRetry(RetryPolicy other) {
    return new PublisherSettings(
        other, bufferEventsMax, bufferBytesMax, whenFull, lowPercent, checked);
  }

  public PublisherSettings withBuffer(int eventsMax, long bytesMax, WhenFull full) {
    return new PublisherSettings(retry, eventsMax, bytesMax, full, lowPercent, checked);
  }

  public PublisherSettings withLowPercent(int percent) {
    return new PublisherSettings(
        retry, bufferEventsMax, bufferBytesMax, whenFull, percent, checked);
  }

  public PublisherSettings withChecks() {
    return new PublisherSettings(
        retry, bufferEventsMax, bufferBytesMax, whenFull, lowPercent, true);
  }
}
