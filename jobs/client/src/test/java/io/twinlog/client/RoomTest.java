// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.client.PublisherSettings.WhenFull;
import io.twinlog.schemas.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private static Room room(int events, long bytes, WhenFull whenFull) {
    return new Room(PublisherSettings.DEFAULT.withBuffer(events, bytes, whenFull), PATIENCE);
  }

  @Test
  void whatIsLowGivesWayBeforeTheBufferIsFull() {
    Room room = room(10, 1_000, WhenFull.DROP);
    for (int i = 0; i < 8; i++) {
      assertThat(room.take(1, Priority.LOW)).isEmpty();
    }

    assertThat(room.take(1, Priority.LOW)).get().asString().contains("LOW, which gives way first");
    assertThat(room.take(1, Priority.NORMAL)).isEmpty();
    assertThat(room.take(1, Priority.CRITICAL)).isEmpty();
    assertThat(room.take(1, Priority.CRITICAL))
        .get()
        .asString()
        .contains("10 events of at most 10", "no room");
    assertThat(room.events()).isEqualTo(10);
  }

  @Test
  void bytesCountToo() {
    Room room = room(10, 100, WhenFull.DROP);

    assertThat(room.take(500, Priority.NORMAL)).as("nothing else is there").isEmpty();
    assertThat(room.take(1, Priority.NORMAL)).isPresent();
    room.give(500);
    assertThat(room.take(100, Priority.NORMAL)).isEmpty();
    assertThat(room.take(1, Priority.NORMAL)).isPresent();
    assertThat(room.bytes()).isEqualTo(100);
  }

  @Test
  void aCallerWaitsForRoomAndNotForEver() {
    Room room = room(1, 100, WhenFull.WAIT);
    assertThat(room.take(1, Priority.NORMAL)).isEmpty();

    assertThat(room.take(1, Priority.NORMAL)).get().asString().contains("waited for room, for 50");
  }

  @Test
  void whatGivesRoomBackLetsOneInThatWaits() {
    Room room =
        new Room(
            PublisherSettings.DEFAULT.withBuffer(1, 100, WhenFull.WAIT), Duration.ofSeconds(60));
    room.take(1, Priority.NORMAL);

    CompletableFuture<Optional<String>> waiting =
        CompletableFuture.supplyAsync(() -> room.take(1, Priority.NORMAL));
    room.give(1);

    assertThat(waiting.join()).isEmpty();
    assertThat(room.events()).isEqualTo(1);
  }
}
