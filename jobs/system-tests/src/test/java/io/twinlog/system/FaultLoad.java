// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import io.twinlog.client.ClientSettings;
import io.twinlog.client.PublishResult;
import io.twinlog.client.Publisher;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Devices that open and clear one fault in turn, so that each event that Kafka acknowledged must be
 * in device.log once. Goes on through a broker's death, as producers do.
 */
public final class FaultLoad implements AutoCloseable {
  private static final int DEVICES = 100;
  private static final Duration PAUSE = Duration.ofNanos(500_000);

  /** What the ids of its devices begin with. */
  public static final String DEVICE = "d-";

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final Publisher publisher;
  private final Thread thread;
  private final long pauseNanos;
  private volatile int written;

  FaultLoad(String bootstrap) {
    this(bootstrap, PAUSE);
  }

  /**
   * @param pause between two events
   */
  public FaultLoad(String bootstrap, Duration pause) {
    pauseNanos = pause.toNanos();
    publisher =
        new Publisher(ClientSettings.at(bootstrap).withDeliveryTimeout(Duration.ofMinutes(5)));
    thread = new Thread(this::run, "fault-load");
    thread.start();
  }

  private void run() {
    for (int device = 0; device < DEVICES; device++) {
      send(device, "device.registered", "{\"model\":\"P100\"}", "r");
    }
    for (int round = 0; running.get(); round++) {
      boolean opens = round % 2 == 0;
      for (int device = 0; device < DEVICES && running.get(); device++) {
        send(
            device,
            opens ? "device.error" : "device.recovered",
            opens
                ? "{\"error\":{\"code\":\"E1\",\"severity\":\"high\",\"message\":\"hot\"}}"
                : "{\"code\":\"E1\"}",
            Integer.toString(round));
        LockSupport.parkNanos(pauseNanos);
      }
    }
  }

  private void send(int device, String type, String payload, String round) {
    String id = DEVICE + device + "-" + round;
    Event event =
        Event.newBuilder()
            .setId(id)
            .setEventType(type)
            .setSource(new EventSource("load", DEVICE + device, "1"))
            .setTimestamp(Instant.parse("2026-01-01T00:00:00Z"))
            .setData(
                new EventData(
                    ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON))
            .setMetadata(EventMetadata.newBuilder().build())
            .build();
    publisher
        .publish(event)
        .thenAccept(
            result -> {
              if (result instanceof PublishResult.Published) {
                acknowledged.add(id);
              }
            });
    written++;
  }

  /** Events handed to Kafka so far. */
  public int written() {
    return written;
  }

  /** Stops, waits for every acknowledgement, and gives the ids of the events that Kafka has. */
  public Set<String> finish() throws InterruptedException {
    running.set(false);
    thread.join();
    publisher.flush();
    return acknowledged;
  }

  @Override
  public void close() {
    running.set(false);
    publisher.close();
  }
}
