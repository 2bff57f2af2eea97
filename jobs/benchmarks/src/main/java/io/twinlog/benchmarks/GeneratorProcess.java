// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a batch of a fleet's events, with the ticks that the clock job would have written between
 * them, and ends. It runs in a process of its own and before anything is measured, so neither its
 * work nor its pace counts.
 */
public final class GeneratorProcess {
  private static final byte[] TICK = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);
  private static final long TICK_MILLIS = 1_000;
  private static final int EPOCH = 1;

  private final Batch batch;
  private final TopicDirectory topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SingleObject codec = new SingleObject();
  private final List<SourceTopic> sources;
  private final Text text;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private GeneratorProcess(Batch batch, KafkaProducer<byte[], byte[]> producer) {
    this.batch = batch;
    this.producer = producer;
    text =
        switch (batch.fleet().of()) {
          case DEVICES -> new EventText.OfDevices();
          case INSTANCES -> new ServiceText();
          case SOURCES -> new ErrorText();
        };
    topics = BenchTopics.create(batch.bootstrap(), batch.prefix());
    sources =
        Topic.SOURCES.stream()
            .map(topics::entry)
            .map(entry -> new SourceTopic(entry.name(), entry.id(), entry.partitions()))
            .toList();
  }

  /** What the members of a fleet write; made up from slots alone. */
  interface Text {
    /** The key of its events. */
    String id(Fleet.Slot slot);

    /** Before its first event. */
    byte[] registration(Fleet.Slot slot);

    byte[] event(Fleet.Slot slot);
  }

  /**
   * What to write, and where.
   *
   * @param firstSlot of the fleet
   * @param slots how many, each with the events that it has
   */
  record Batch(String bootstrap, String prefix, Fleet fleet, long firstSlot, long slots) {}

  /** {@code arguments[0]} is the {@link Batch}, as JSON. */
  public static void main(String[] arguments) throws Exception {
    Batch batch = Protocol.read(arguments[0], Batch.class);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                batch.bootstrap(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      new GeneratorProcess(batch, producer).write();
    }
  }

  private void write() throws Exception {
    long end = batch.firstSlot() + batch.slots();
    // A tick belongs to whoever writes the second after it, so that no two batches write the same.
    long nextTick = batch.firstSlot() == 0 ? 0 : tickAfter(batch.firstSlot() - 1);
    for (long number = batch.firstSlot(); number < end && failure.get() == null; number++) {
      Fleet.Slot slot = batch.fleet().slot(number);
      for (; nextTick <= slot.atMillis(); nextTick += TICK_MILLIS) {
        tick(nextTick);
      }
      if (slot.inService() && slot.isFirst()) {
        send(slot, text.registration(slot));
      }
      if (slot.inService()) {
        send(slot, text.event(slot));
      }
    }
    producer.flush();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private long tickAfter(long number) {
    return (batch.fleet().slot(number).atMillis() / TICK_MILLIS + 1) * TICK_MILLIS;
  }

  private void send(Fleet.Slot slot, byte[] value) {
    byte[] key = text.id(slot).getBytes(StandardCharsets.US_ASCII);
    TopicDirectory.Entry ingress = topics.entry(Topic.INGRESS);
    int partition = Partitions.of(key, ingress.partitions());
    send(new ProducerRecord<>(ingress.name(), partition, key, value));
  }

  /** The same to every source partition, as the clock job does it. */
  private void tick(long clock) {
    byte[] value = codec.encode(new Tick(EPOCH, clock, EventText.wall(clock), 0L, sources, null));
    for (SourceTopic source : sources) {
      for (int partition = 0; partition < source.getPartitions(); partition++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(source.getTopic(), partition, null, value);
        record.headers().add(HeaderNames.TYPE, TICK);
        send(record);
      }
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (sent, failed) -> {
          if (failed != null) {
            failure.compareAndSet(null, failed);
          }
        });
  }
}
