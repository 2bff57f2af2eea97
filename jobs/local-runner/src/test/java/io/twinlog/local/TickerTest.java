// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a local run against a real broker; each test has a prefix of its own. */
class TickerTest {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;
  private static TestingLog log;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
    log = new TestingLog(broker.bootstrap());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void writesTheSameTickToEveryPartitionOfBothSourceTopics() throws Exception {
    createSources("same.");

    runUntilFirstTick("same.");

    List<ConsumerRecord<byte[], byte[]>> ingress = log.records("same.ingress");
    assertThat(ingress).extracting(ConsumerRecord::partition).contains(0, 1);
    assertThat(ingress).allSatisfy(TickerTest::isATickWithoutKey);
    Tick first = tick(ingress.get(0));
    assertThat(log.records("same.commands")).extracting(TickerTest::tick).contains(first);
    assertThat(first.getEpoch()).isEqualTo(1);
    assertThat(first.getClock()).isPositive();
    assertThat(first.getSources())
        .extracting(SourceTopic::getTopic, SourceTopic::getPartitions)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("same.ingress", 2),
            org.assertj.core.groups.Tuple.tuple("same.commands", 1));
    assertThat(first.getSources().get(0).getTopicId()).hasSize(22);
  }

  @Test
  void goesOnFromTheHighestClockInTheLog() throws Exception {
    createSources("on.");
    write("on.ingress", 0, tick(3, 1_000_000));
    write("on.ingress", 1, tick(3, 2_000_000));
    write("on.commands", 0, tick(2, 9_000_000));

    long clock = runUntilFirstTick("on.");

    assertThat(clock).isBetween(2_000_001L, 2_060_000L);
    assertThat(tick(last("on.commands")).getEpoch()).isEqualTo(3);
  }

  @Test
  void findsATickUnderRecordsThatAreNone() throws Exception {
    createSources("deep.");
    write("deep.ingress", 0, tick(1, 500));
    write("deep.ingress", 0, tick(1, 1_500));
    byte[][] events = new byte[100][];
    java.util.Arrays.fill(events, "event".getBytes(StandardCharsets.UTF_8));
    log.append("deep.ingress", 0, events);
    write("deep.ingress", 0, "calls itself a tick".getBytes(StandardCharsets.UTF_8));

    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition("deep.ingress", 0), new TopicPartition("deep.ingress", 1));

      assertThat(new TickHistory(consumer, 4).highest(partitions))
          .map(Tick::getClock)
          .contains(1_500L);
    }
  }

  @Test
  void countsEveryRecordThatItWrote() throws Exception {
    createSources("count.");

    Clock clock = Ticker.start(broker.bootstrap(), "count.");
    clock.firstTick().get();
    clock.close();

    assertThat(clock.records().orElseThrow())
        .isEqualTo(log.records("count.ingress").size() + log.records("count.commands").size());
  }

  @Test
  void failsWhereASourceTopicIsMissing() {
    try (Clock clock = Ticker.start(broker.bootstrap(), "missing.")) {
      assertThatThrownBy(() -> clock.firstTick().get()).isInstanceOf(ExecutionException.class);
      assertThat(clock.failed()).isCompleted();
    }
  }

  private static void createSources(String prefix) throws Exception {
    log.create(prefix + "ingress", 2);
    log.create(prefix + "commands", 1);
  }

  private static long runUntilFirstTick(String prefix) throws Exception {
    try (Clock clock = Ticker.start(broker.bootstrap(), prefix)) {
      clock.firstTick().get();
      return clock.clock();
    }
  }

  private static byte[] tick(int epoch, long clock) {
    return new SingleObject().encode(new Tick(epoch, clock, Instant.EPOCH, 0L, List.of(), null));
  }

  private static void write(String topic, int partition, byte[] tick) throws Exception {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, null, tick);
    record.headers().add("tl-type", "tick".getBytes(StandardCharsets.UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private static void isATickWithoutKey(ConsumerRecord<byte[], byte[]> record) {
    assertThat(record.key()).isNull();
    assertThat(record.headers().lastHeader("tl-type").value()).asString().isEqualTo("tick");
  }

  private static Tick tick(ConsumerRecord<byte[], byte[]> record) {
    return new SingleObject().decode(record.value(), Tick.class);
  }

  private static ConsumerRecord<byte[], byte[]> last(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = log.records(topic);
    return records.get(records.size() - 1);
  }
}
