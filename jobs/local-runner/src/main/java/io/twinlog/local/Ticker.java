// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of a local run: once a second the same tick to every partition, the next one only when
 * all have acknowledged. It finds no outages and gives devices no grace after one.
 */
final class Ticker implements Clock {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long ADVANCE_NANOS_MAX = Duration.ofSeconds(2).toNanos();
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int FIRST_WINDOW = 1_024;
  private static final byte[] TYPE = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);

  private final String bootstrap;
  private final String prefix;
  private final SingleObject codec = new SingleObject();
  private final CompletableFuture<Void> firstTick = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "ticker");
  private volatile long clock;
  private volatile OptionalLong records = OptionalLong.of(0);

  private Ticker(String bootstrap, String prefix) {
    this.bootstrap = bootstrap;
    this.prefix = prefix;
  }

  /** Starts to tick. The source topics must exist. */
  static Ticker start(String bootstrap, String prefix) {
    Ticker ticker = new Ticker(bootstrap, prefix);
    ticker.thread.setDaemon(true);
    ticker.thread.start();
    return ticker;
  }

  private void run() {
    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings());
    try {
      tick(producer);
    } catch (InterruptedException | InterruptException stopped) {
      LOG.info("the clock was stopped at {}", clock);
      firstTick.completeExceptionally(stopped);
    } catch (ExecutionException | RuntimeException e) {
      LOG.error("the clock stands still at {}", clock, e);
      failed.complete(e);
      firstTick.completeExceptionally(e);
    } finally {
      // Every tick but one that was interrupted is acknowledged: there is nothing to wait for. The
      // producer would take the mark of the interrupt for one of its own end.
      Thread.interrupted();
      producer.close(Duration.ZERO);
    }
  }

  private void tick(KafkaProducer<byte[], byte[]> producer)
      throws InterruptedException, ExecutionException {
    long last = System.nanoTime();
    List<SourceTopic> sources = describeSources();
    List<TopicPartition> partitions = partitionsOf(sources);
    Optional<Tick> newest = newestTick(partitions);
    int epoch = newest.map(Tick::getEpoch).orElse(1);
    long next = newest.map(Tick::getClock).orElse(0L);
    long written = 0;
    LOG.info("the clock goes on from {} in epoch {}", next, epoch);
    do {
      long now = System.nanoTime();
      // At least one: a tick that does not advance is ignored by its readers.
      long advance = Math.max(1, Math.min(now - last, ADVANCE_NANOS_MAX) / NANOS_PER_MILLI);
      // What is cut off below a millisecond counts for the next tick; what is above the cap, never.
      last = now - last > ADVANCE_NANOS_MAX ? now : last + advance * NANOS_PER_MILLI;
      next += advance;
      records = OptionalLong.empty();
      write(producer, new Tick(epoch, next, Instant.now(), 0L, sources, null), partitions);
      clock = next;
      written += partitions.size();
      records = OptionalLong.of(written);
      firstTick.complete(null);
    } while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
  }

  private List<SourceTopic> describeSources() throws InterruptedException, ExecutionException {
    List<String> names = Topic.SOURCES.stream().map(topic -> topic.in(prefix)).toList();
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      Map<String, TopicDescription> described = admin.describeTopics(names).allTopicNames().get();
      return names.stream()
          .map(described::get)
          .map(t -> new SourceTopic(t.name(), t.topicId().toString(), t.partitions().size()))
          .toList();
    }
  }

  private static List<TopicPartition> partitionsOf(List<SourceTopic> sources) {
    return sources.stream()
        .flatMap(
            source ->
                IntStream.range(0, source.getPartitions())
                    .mapToObj(partition -> new TopicPartition(source.getTopic(), partition)))
        .toList();
  }

  private Optional<Tick> newestTick(List<TopicPartition> partitions) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      return new TickHistory(consumer, FIRST_WINDOW).highest(partitions);
    }
  }

  private void write(
      KafkaProducer<byte[], byte[]> producer, Tick tick, List<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    byte[] value = codec.encode(tick);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(partition.topic(), partition.partition(), null, value);
      record.headers().add(HeaderNames.TYPE, TYPE);
      sent.add(producer.send(record));
    }
    for (Future<RecordMetadata> acknowledgement : sent) {
      acknowledgement.get();
    }
  }

  /** A tick is never given up: time stands still while a partition accepts no writes. */
  private Map<String, Object> producerSettings() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        bootstrap,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Integer.MAX_VALUE,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        Duration.ofHours(1).toMillis());
  }

  @Override
  public CompletableFuture<Void> firstTick() {
    return firstTick;
  }

  @Override
  public CompletableFuture<Throwable> failed() {
    return failed;
  }

  @Override
  public long clock() {
    return clock;
  }

  @Override
  public OptionalLong records() {
    return records;
  }

  /** Stops after the tick under way, or at once when that is not acknowledged in a moment. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
