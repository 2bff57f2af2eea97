// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Devices that tell their temperature, all values from 0 to 99 in turn, evenly over a time. */
final class RulesLoad implements AutoCloseable {
  private static final int DEVICES = 500;

  /** Shares no factor with the number of devices: each device has all of them. */
  private static final int STEP = 37;

  private static final int TEMPERATURES = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final KafkaProducer<byte[], byte[]> producer;
  private final CompletableFuture<Void> writing;
  private volatile int written;

  private RulesLoad(String bootstrap, int events, Duration time) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    writing = CompletableFuture.runAsync(() -> write(events, time));
  }

  static RulesLoad start(String bootstrap, int events, Duration time) {
    return new RulesLoad(bootstrap, events, time);
  }

  /** Waits until so many events are written. */
  void await(int events) {
    Awaitility.await(events + " events are written")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> written >= events || writing.isCompletedExceptionally());
    if (written < events) {
      writing.join();
    }
  }

  private void write(int events, Duration time) {
    long begin = System.nanoTime();
    long pause = time.toNanos() / events;
    for (int i = 0; i < events; i++) {
      while (System.nanoTime() - begin < i * pause) {
        LockSupport.parkNanos(pause);
      }
      String device = "w-" + i % DEVICES;
      String event =
          "{\"id\":\"e-%d\",\"event_type\":\"data.collected\",\"source\":{\"service_id\":\"prove\",\"component_id\":\"%s\"},\"timestamp\":\"%s\",\"data\":{\"payload\":{\"data\":{\"temperature\":%d}}}}"
              .formatted(i, device, Instant.now(), temperature(i));
      producer.send(
          new ProducerRecord<>(Topic.INGRESS.in(ProcessRig.PREFIX), bytes(device), bytes(event)));
      written = i + 1;
    }
    producer.flush();
  }

  private static int temperature(int event) {
    return (event / DEVICES * STEP + event) % TEMPERATURES;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    writing.join();
    producer.close();
  }
}
