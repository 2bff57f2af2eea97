// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.RetryPolicy.Delayed;
import java.time.Duration;
import java.util.List;

/**
 * What a subscriber reads, and how.
 *
 * @param name under which it finds again where it left off; subscribers of one name share the
 *     partitions: Kafka's {@code group.id}
 * @param topics without the prefix
 * @param filter a condition in CEL over {@code topic}, {@code key}, {@code type} and {@code value}
 *     (docs/client.md); empty: everything
 * @param from where a name that nobody has used yet begins
 * @param batchMax records that are read at once. Default 500
 * @param pollInterval how long it waits for records where there are none. Default 500 ms
 * @param retry of records that fail with MEDIUM, before their key is parked. Default: 10 times,
 *     after 1 s to 1 min
 * @param waitingMax records of a partition that may wait, parked or to be tried again; when there
 *     are as many, no more of it is read. Default 1,000
 * @param lookBack records of a partition that are read again when it begins, to know what jobs
 *     repeat. Default 10,000
 * @param ticks whether the ticks of the clock are handed on, too. Default: no
 */
public record SubscriberSettings(
    String name,
    List<String> topics,
    String filter,
    From from,
    int batchMax,
    Duration pollInterval,
    Delayed retry,
    int waitingMax,
    int lookBack,
    boolean ticks) {
  private static final Delayed RETRY =
      new Delayed(10, Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Where a subscriber begins that was never there. */
  public enum From {
    /** All that is retained. */
    BEGINNING,
    /** What comes from now on. */
    END
  }

  /**
   * Checks what can be checked without a broker.
   *
   * @throws IllegalArgumentException when there is no name or no topic, or a number is out of its
   *     range
   */
  public SubscriberSettings {
    topics = List.copyOf(topics);
    if (name.isBlank() || topics.isEmpty()) {
      throw new IllegalArgumentException("a subscriber has a name and a topic at least");
    }
    if (batchMax < 1 || waitingMax < 1 || lookBack < 0 || pollInterval.isNegative()) {
      throw new IllegalArgumentException(
          "batchMax and waitingMax are 1 at least, lookBack and pollInterval 0: %d, %d, %d, %s"
              .formatted(batchMax, waitingMax, lookBack, pollInterval));
    }
  }

  /** The defaults: all of these topics, from the beginning. */
  public static SubscriberSettings of(String name, String... topics) {
    return new SubscriberSettings(
        name,
        List.of(topics),
        "",
        From.BEGINNING,
        500,
        Duration.ofMillis(500),
        RETRY,
        1_000,
        10_000,
        false);
  }

  /** Only what this holds of. */
  public SubscriberSettings where(String condition) {
    return new SubscriberSettings(
        name, topics, condition, from, batchMax, pollInterval, retry, waitingMax, lookBack, ticks);
  }

  public SubscriberSettings from(From other) {
    return new SubscriberSettings(
        name, topics, filter, other, batchMax, pollInterval, retry, waitingMax, lookBack, ticks);
  }

  public SubscriberSettings withBatches(int most, Duration interval) {
    return new SubscriberSettings(
        name, topics, filter, from, most, interval, retry, waitingMax, lookBack, ticks);
  }

  public SubscriberSettings withRetry(Delayed other, int waiting) {
    return new SubscriberSettings(
        name, topics, filter, from, batchMax, pollInterval, other, waiting, lookBack, ticks);
  }

  public SubscriberSettings withTicks() {
    return new SubscriberSettings(
        name, topics, filter, from, batchMax, pollInterval, retry, waitingMax, lookBack, true);
  }
}
