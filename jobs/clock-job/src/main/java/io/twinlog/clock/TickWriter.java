// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import io.twinlog.domain.clock.Outage;
import io.twinlog.domain.clock.TickCount;
import io.twinlog.rules.log.RuleLogSettings;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock: at each pulse the same tick goes to every source partition, and the next one only when
 * all have acknowledged. It keeps no state: it goes on from what is in the log, in the next epoch.
 */
final class TickWriter implements SinkWriter<Long> {
  private static final Logger LOG = LoggerFactory.getLogger(TickWriter.class);
  private static final byte[] TYPE = HeaderNames.TICK.getBytes(StandardCharsets.US_ASCII);
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long UNDER_WAY = -1;

  private final SourceTopics topics;
  private final boolean acceptNewTopic;
  private final long checkNanos;
  private final RulesWatch rules;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SingleObject codec = new SingleObject();
  private final Counter outages;

  private final int epoch;
  private List<SourceTopic> sources;
  private List<TopicPartition> partitions;
  private TickCount count;
  private long lastNanos;
  private long checkedNanos;
  private boolean first = true;
  private long written;
  // Read by reporters of metrics.
  private volatile long shownClock;
  private volatile long shownRecords;

  private TickWriter(TickSink sink, MetricGroup metrics)
      throws InterruptedException, ExecutionException {
    topics = new SourceTopics(sink.connection(), sink.prefix());
    acceptNewTopic = sink.settings().acceptNewTopic();
    checkNanos = sink.settings().checkMillis() * NANOS_PER_MILLI;
    sources = topics.describe();
    partitions = SourceTopics.partitions(sources);
    List<Tick> ticks = topics.ticks(sources);
    if (ticks.isEmpty()) {
      // Both source topics may have been replaced; the inboxes know how far time had come.
      ticks = topics.ticksToldToInboxes();
    }
    Optional<Tick> furthest = TickHistory.furthest(ticks);
    furthest.ifPresent(tick -> requireSameTopics(tick.getSources(), sources));
    epoch = TickHistory.epoch(ticks) + 1;
    count =
        furthest
            .map(tick -> goingOn(sink, tick))
            .orElseGet(() -> TickCount.fresh(sink.settings().rules(), wall()));
    rules =
        RulesWatch.open(
            RuleLogSettings.of(sink.connection(), sink.prefix()),
            TickHistory.rulesVersion(ticks),
            metrics);
    outages = metrics.counter("twinlog_outages");
    metrics.gauge("twinlog_clock", () -> shownClock);
    metrics.gauge("twinlog_tick_records", () -> shownRecords);
    producer = new KafkaProducer<>(producerSettings(sink.connection()));
    LOG.info("the clock goes on from {} in epoch {}", count.clock(), epoch);
  }

  /**
   * Opens the clock.
   *
   * @throws IOException when the broker refuses
   */
  static TickWriter open(TickSink sink, MetricGroup metrics) throws IOException {
    try {
      return new TickWriter(sink, metrics);
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the clock looks for its last tick");
    } catch (ExecutionException e) {
      throw new IOException("the clock cannot look at the source topics", e.getCause());
    }
  }

  private static TickCount goingOn(TickSink sink, Tick tick) {
    Outage outage =
        tick.getOutage() == null
            ? Outage.NONE
            : new Outage(
                tick.getOutage().getClock(),
                tick.getOutage().getBegan().toEpochMilli(),
                tick.getOutage().getEnded().toEpochMilli());
    return TickCount.from(
        sink.settings().rules(), tick.getClock(), tick.getWall().toEpochMilli(), outage);
  }

  private static long wall() {
    return System.currentTimeMillis();
  }

  @Override
  public void write(Long pulse, Context context) throws IOException, InterruptedException {
    long nanos = System.nanoTime();
    long wall = wall();
    long elapsed = first ? count.sinceLast(wall) : (nanos - lastNanos) / NANOS_PER_MILLI;
    try {
      if (!first && (count.isOutage(elapsed) || nanos - checkedNanos > checkNanos)) {
        check();
        checkedNanos = nanos;
      }
      // What is below a millisecond counts for the next tick.
      lastNanos = first ? nanos : lastNanos + elapsed * NANOS_PER_MILLI;
      rules.look();
      TickCount next = count.next(elapsed, wall);
      if (!next.outage().equals(count.outage())) {
        outages.inc();
        LOG.warn("no tick could be written for {} ms: an outage at {}", elapsed, next.clock());
      }
      tick(next);
      checkedNanos = first ? nanos : checkedNanos;
      first = false;
    } catch (ExecutionException e) {
      throw new IOException("a source partition refuses the tick", e.getCause());
    } catch (InterruptException e) {
      throw new InterruptedException("the clock was stopped");
    }
  }

  /**
   * Whether this is still the clock of these topics; a partition that was added gets ticks, too.
   */
  private void check() throws InterruptedException, ExecutionException {
    List<SourceTopic> now = topics.describe();
    requireSameTopics(sources, now);
    sources = now;
    partitions = SourceTopics.partitions(now);
    rules.check();
    int highest = TickHistory.epoch(topics.ticks(now));
    if (highest > epoch) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "another clock has taken over in epoch %d, after epoch %d of this one: stop one of them"
                  .formatted(highest, epoch)));
    }
  }

  private void requireSameTopics(List<SourceTopic> before, List<SourceTopic> now) {
    for (SourceTopic old : before) {
      for (SourceTopic topic : now) {
        boolean replaced =
            topic.getTopic().equals(old.getTopic()) && !topic.getTopicId().equals(old.getTopicId());
        if (replaced && !acceptNewTopic) {
          throw new SuppressRestartsException(
              new IllegalStateException(
                  "%s was replaced: it had the id %s, and has %s. What was in it is gone. To go on with the new one, set clock.accept-new-topic: true, and start the router without its saved state"
                      .formatted(topic.getTopic(), old.getTopicId(), topic.getTopicId())));
        }
      }
    }
  }

  private void tick(TickCount next) throws InterruptedException, ExecutionException {
    shownRecords = UNDER_WAY;
    Outage outage = next.outage();
    byte[] value =
        codec.encode(
            new Tick(
                epoch,
                next.clock(),
                Instant.ofEpochMilli(next.wall()),
                rules.version(),
                sources,
                outage.equals(Outage.NONE)
                    ? null
                    : new io.twinlog.schemas.Outage(
                        outage.clock(),
                        Instant.ofEpochMilli(outage.began()),
                        Instant.ofEpochMilli(outage.ended()))));
    List<Future<RecordMetadata>> sent = new ArrayList<>(partitions.size());
    for (TopicPartition partition : partitions) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(partition.topic(), partition.partition(), null, value);
      record.headers().add(HeaderNames.TYPE, TYPE);
      sent.add(producer.send(record));
    }
    for (Future<RecordMetadata> acknowledgement : sent) {
      acknowledgement.get();
    }
    count = next;
    written += sent.size();
    shownClock = next.clock();
    shownRecords = written;
  }

  /** A tick is never given up: time stands still while a partition accepts no writes. */
  private static Properties producerSettings(Properties connection) {
    Properties properties = new Properties();
    properties.putAll(connection);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Duration.ofHours(1).toMillis());
    return properties;
  }

  @Override
  public void flush(boolean endOfInput) {
    // Every tick is acknowledged before the next pulse.
  }

  @Override
  public void close() {
    rules.close();
    // A tick under way is of no use any more, and its broker may be gone.
    producer.close(Duration.ZERO);
  }
}
