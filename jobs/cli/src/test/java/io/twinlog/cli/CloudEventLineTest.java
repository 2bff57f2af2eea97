// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CloudEventLineTest {
  private final SingleObject codec = new SingleObject();
  private final CloudEventLine line = new CloudEventLine();

  private static ConsumerRecord<byte[], byte[]> message(byte[] value) {
    return new ConsumerRecord<>("twinlog.events.domain", 0, 0, null, value);
  }

  @Test
  void rendersAnEventOnOneLine() {
    Event event =
        new Event(
            "e-1",
            "data.collected",
            new EventSource("gw-1", "d-1", "0"),
            Instant.parse("2026-01-01T00:00:00Z"),
            new EventData(
                ByteBuffer.wrap("{\n\t\"a\":\r\n\"\\n\"}".getBytes(StandardCharsets.UTF_8)),
                "1",
                Encoding.JSON),
            new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null));

    assertThat(line.of(message(codec.encode(event))))
        .contains(
            "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"gw-1\",\"type\":\"data.collected\","
                + "\"subject\":\"d-1\",\"time\":\"2026-01-01T00:00:00.000Z\","
                + "\"datacontenttype\":\"application/json\",\"data\":{  \"a\":  \"\\n\"}}");
    assertThat(line.leftOut()).isZero();
  }

  @Test
  void leavesOutAndCountsWhatIsNoEvent() {
    Tick tick = new Tick(1, 1L, Instant.EPOCH, 1L, List.of(), null);
    byte[] garbled = codec.encode(tick);
    ConsumerRecord<byte[], byte[]> real = message(garbled);
    real.headers().add("tl-type", "tick".getBytes(StandardCharsets.UTF_8));

    assertThat(line.of(real)).isEmpty();
    assertThat(line.leftOut()).isZero();
    for (byte[] value : new byte[][] {null, {'{'}, {(byte) 0xc3, 1}, garbled}) {
      assertThat(line.of(message(value))).isEmpty();
    }
    assertThat(line.leftOut()).isEqualTo(4);
  }
}
