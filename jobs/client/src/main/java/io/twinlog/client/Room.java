// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublisherSettings.WhenFull;
import io.twinlog.schemas.Priority;
import java.time.Duration;
import java.util.Optional;

/**
 * How much a publisher has under way, and whether there is room for more. For threads to share; it
 * holds no events.
 */
final class Room {
  private final PublisherSettings settings;
  private final long patienceNanos;
  private int events;
  private long bytes;

  /**
   * @param patience how long a caller waits for room
   */
  Room(PublisherSettings settings, Duration patience) {
    this.settings = settings;
    this.patienceNanos = patience.toNanos();
  }

  /**
   * Takes room for an event, perhaps after a wait.
   *
   * @return why there is none; empty: it was taken
   */
  synchronized Optional<String> take(int size, Priority priority) {
    boolean givesWay = priority == Priority.LOW && settings.lowPercent() < 100;
    if (givesWay && isOver(settings.lowPercent(), size)) {
      return Optional.of(full("of priority LOW, which gives way first"));
    }
    if (settings.whenFull() == WhenFull.DROP) {
      return isOver(100, size) ? Optional.of(full("with no room for it")) : taken(size);
    }
    long began = System.nanoTime();
    while (isOver(100, size)) {
      long left = patienceNanos - (System.nanoTime() - began);
      if (left <= 0) {
        return Optional.of(full("waited for room, for " + patienceNanos / 1_000_000 + " ms"));
      }
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of(full("waited for room, and was interrupted"));
      }
    }
    return taken(size);
  }

  private Optional<String> taken(int size) {
    events++;
    bytes += size;
    return Optional.empty();
  }

  /** One that is larger than all of it has room where nothing else is. */
  private boolean isOver(int percent, int size) {
    return events > 0
        && (100L * (events + 1) > (long) percent * settings.bufferEventsMax()
            || 100 * (bytes + size) > percent * settings.bufferBytesMax());
  }

  private String full(String whose) {
    return "the buffer has %d events of at most %d, and %d bytes of at most %d; this one %s"
        .formatted(events, settings.bufferEventsMax(), bytes, settings.bufferBytesMax(), whose);
  }

  /** Gives back what {@link #take} took. */
  synchronized void give(int size) {
    events--;
    bytes -= size;
    notifyAll();
  }

  synchronized int events() {
    return events;
  }

  synchronized long bytes() {
    return bytes;
  }
}
