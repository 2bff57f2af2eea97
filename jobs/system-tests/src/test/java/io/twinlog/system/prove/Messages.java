// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Events as devices of the proofs write them: JSON payloads, no metadata. */
final class Messages {
  private Messages() {}

  static Event event(String device, String id, String type, String payload, Instant time) {
    return Event.newBuilder()
        .setId(id)
        .setEventType(type)
        .setSource(new EventSource("prove", device, "1"))
        .setTimestamp(time)
        .setData(
            new EventData(
                ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON))
        .setMetadata(EventMetadata.newBuilder().build())
        .build();
  }

  static String registration(long timeoutMillis) {
    return "{\"model\":\"P100\",\"timeout_ms\":%d}".formatted(timeoutMillis);
  }
}
