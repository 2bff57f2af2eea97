// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.local.fleet.core.FleetMessage;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends messages of a fleet to {@code ingress} as the client's publisher does, keyed by device, and
 * counts what becomes of them. One thread sends; any may ask.
 */
final class Outbox implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Consumer<FleetMessage> lost;
  private volatile Latencies latencies = new Latencies();
  private final Map<FleetMessage.Kind, LongAdder> sent = new EnumMap<>(FleetMessage.Kind.class);
  private final LongAdder offered = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<String> firstFailure = new AtomicReference<>("");

  /**
   * Connects in the background.
   *
   * @param lost is told each message that could not be delivered, from any thread
   */
  Outbox(ClientSettings settings, Consumer<FleetMessage> lost) {
    producer = new KafkaProducer<>(settings.producerProperties());
    topic = Topic.INGRESS.in(settings.prefix());
    this.lost = lost;
    for (FleetMessage.Kind kind : FleetMessage.Kind.values()) {
      sent.put(kind, new LongAdder());
    }
  }

  /**
   * Sends one; blocks while the buffer is full.
   *
   * @param dueNanos when it was to be sent, by the machine's nanosecond clock: what it waited
   *     before it got here is part of its latency
   */
  void send(FleetMessage message, long dueNanos) {
    sent.get(message.kind()).increment();
    offered.increment();
    byte[] key = message.key().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(
          new ProducerRecord<>(topic, key, message.value()),
          (metadata, failure) -> settle(message, dueNanos, failure));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      settle(message, dueNanos, e);
    }
  }

  private void settle(FleetMessage message, long dueNanos, Exception failure) {
    if (failure == null) {
      latencies.add(System.nanoTime() - dueNanos);
      acknowledged.increment();
      return;
    }
    failed.increment();
    firstFailure.compareAndSet("", String.valueOf(failure.getMessage()));
    lost.accept(message);
  }

  /** Waits until each message has its result. */
  void flush() {
    producer.flush();
  }

  long sent(FleetMessage.Kind kind) {
    return sent.get(kind).sum();
  }

  long offered() {
    return offered.sum();
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** Why the first message that failed did; empty: none has. */
  String firstFailure() {
    return firstFailure.get();
  }

  /** From when a message was due until it was acknowledged. */
  Latencies latencies() {
    return latencies;
  }

  /** Forgets the latencies so far: what comes before a load is not part of it. */
  void forgetLatencies() {
    latencies = new Latencies();
  }

  /** Gives up what has no result by then. */
  void close(Duration patience) {
    producer.close(patience);
  }

  @Override
  public void close() {
    producer.close();
  }
}
