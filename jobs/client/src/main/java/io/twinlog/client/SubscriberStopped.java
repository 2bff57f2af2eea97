// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

/** A handler has ended its subscriber: it failed with HIGH, and to go on would do harm. */
public final class SubscriberStopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String place;

  SubscriberStopped(Received record, String why) {
    super(
        "the handler ends the subscriber at %s, key '%s': %s. It begins there again"
            .formatted(record.place(), record.key(), why));
    this.place = record.place();
  }

  /** The record at which it ended, {@code topic/partition/offset}: it counts as not handled. */
  public String place() {
    return place;
  }
}
