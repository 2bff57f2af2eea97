// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RulesTicksTest {
  private static final TopicPartition INGRESS = new TopicPartition("ingress", 0);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final LongPredicate NONE = version -> false;

  // Kafka's own consumer of a topic in memory.
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final RulesTicks ticks = new RulesTicks(consumer, List.of(INGRESS));
  private long offset;

  private void write(int epoch, long clock, long rules) {
    Tick tick = new Tick(epoch, clock, Instant.EPOCH, rules, List.of(), null);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            INGRESS.topic(), INGRESS.partition(), offset, null, new SingleObject().encode(tick));
    record.headers().add(HeaderNames.TYPE, HeaderNames.TICK.getBytes(StandardCharsets.UTF_8));
    consumer.schedulePollTask(() -> consumer.addRecord(record));
    offset++;
  }

  private Map<Integer, Long> now() {
    consumer.updateBeginningOffsets(Map.of(INGRESS, 0L));
    consumer.updateEndOffsets(Map.of(INGRESS, offset));
    return ticks.now();
  }

  @Test
  void passesOverWhatNoClockCanHaveWritten() {
    write(1, 1_000, 3);
    write(1, 2_000, Long.MAX_VALUE);
    write(-1, 3_000, 7);

    assertThat(now()).containsExactly(Map.entry(0, 3L));
  }

  @Test
  void takesTheHighestWhereTwoClocksTickInTurn() {
    write(2, 1_000, 4);
    write(1, 1_500, 3);

    assertThat(now()).containsExactly(Map.entry(0, 4L));
  }

  @Test
  void isNotInForceWhileTicksCarryAVersionThatWasLost() {
    write(1, 1_000, 3);

    assertThat(await(1, NONE)).isEmpty();
  }

  @Test
  void isInForceWithItsOwnVersionOrAPublishedOneAfterIt() {
    write(1, 1_000, 2);
    assertThat(await(2, NONE)).contains(1_000L);

    write(1, 2_000, 5);
    assertThat(await(2, version -> version == 5)).contains(2_000L);
  }

  private Optional<Long> await(long version, LongPredicate isPublished) {
    consumer.assign(List.of(INGRESS));
    consumer.seek(INGRESS, offset - 1);
    Environment environment =
        new Environment(
            Map.of(),
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    return ticks.await(version, isPublished, environment, SHORT);
  }
}
