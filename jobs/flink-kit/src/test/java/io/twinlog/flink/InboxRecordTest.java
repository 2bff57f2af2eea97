// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.LogClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a handler makes of an event where it is tried again. */
class InboxRecordTest {
  private static final Instant NOW = Instant.ofEpochMilli(Ticks.WALL);
  private static final Instant AHEAD = NOW.plus(Duration.ofHours(1));

  private static String flags(String flags, Instant before, Instant after) {
    InboxRecord record =
        new InboxRecord(
            "d-1",
            new byte[0],
            "acme.read",
            new InboxRecord.Place(1, 2),
            "t/0",
            new LogClock(1, 1_000, NOW.toEpochMilli()),
            0,
            flags,
            null,
            "",
            "Reader: no route to host",
            0,
            "");
    Event output =
        Event.newBuilder()
            .setId("h-1")
            .setEventType("acme.read")
            .setSource(new EventSource("gw", "d-1", "1"))
            .setTimestamp(after)
            .setData(new EventData(ByteBuffer.wrap(new byte[0]), "1", Encoding.BINARY))
            .setMetadata(EventMetadata.newBuilder().setPriority(Priority.NORMAL).build())
            .build();
    return record.handled(output, new byte[0], before).flags();
  }

  @Test
  void keepsTheFlagOfATimestampThatStays() {
    assertThat(flags("clock_skew", AHEAD, AHEAD)).isEqualTo("clock_skew");
    assertThat(flags("", AHEAD, AHEAD)).as("published rules allowed it").isEmpty();
  }

  @Test
  void judgesATimestampThatTheHandlerHasChosen() {
    assertThat(flags("clock_skew", AHEAD, NOW)).isEmpty();
    assertThat(flags("", NOW, AHEAD)).isEqualTo("clock_skew");
    assertThat(flags("clock_skew", AHEAD, AHEAD.plusMillis(1))).isEqualTo("clock_skew");
  }
}
