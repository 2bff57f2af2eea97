// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.Dropped;
import io.twinlog.client.PublishResult.Failed;
import io.twinlog.client.PublishResult.Invalid;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.ingress.DeviceIds;
import io.twinlog.wire.ingress.JsonLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes events to {@code ingress}, keyed by their device, so that the events of a device keep
 * their order. The router judges them; on request it is asked here first ({@link
 * PublisherSettings#checked}).
 *
 * <p>For threads to share. Every event has one result, and a failure is a value, never an
 * exception. A call blocks while no broker was reached yet and while the buffer is full, up to the
 * delivery timeout. Events of priority HIGH and CRITICAL do not wait for others to fill a batch;
 * those of priority LOW are dropped first where the buffer fills.
 *
 * <p>Stages complete on threads of the publisher and of Kafka's client: what is chained to them
 * must not block, and must not publish.
 */
public final class Publisher implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final ScheduledExecutorService thread;
  private final SingleObject codec = new SingleObject();
  private final String topic;
  private final Optional<EventCheck> check;
  private final Room room;
  private final Lanes lanes;
  private final Hurry hurry;
  private final Tally tally = new Tally();

  /**
   * With the defaults. Connects in the background.
   *
   * @throws KafkaException when the settings make no sense to Kafka
   */
  public Publisher(ClientSettings settings) {
    this(settings, PublisherSettings.DEFAULT);
  }

  /**
   * Connects in the background.
   *
   * @throws KafkaException when the settings make no sense to Kafka
   * @throws IllegalArgumentException when events are to be checked, and what a jar declares is not
   *     sound
   */
  public Publisher(ClientSettings settings, PublisherSettings own) {
    boolean letters = own.retry().deadLetters().isPresent();
    ClientSettings client = letters ? settings.withRoomForDeadLetters() : settings;
    check = own.checked() ? Optional.of(new EventCheck()) : Optional.empty();
    producer = new KafkaProducer<>(client.producerProperties());
    topic = Topic.INGRESS.in(settings.prefix());
    thread = Executors.newSingleThreadScheduledExecutor(Publisher::daemon);
    room = new Room(own, settings.deliveryTimeout());
    Letters given = new Letters(producer, settings.prefix(), own.retry().deadLetters(), thread);
    lanes = new Lanes(new ToKafka(producer, given), own.retry(), thread);
    hurry = new Hurry(producer);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "twinlog-publisher");
    thread.setDaemon(true);
    return thread;
  }

  /** Publishes one event; the stage never completes exceptionally. */
  public CompletionStage<PublishResult> publish(Event event) {
    byte[] value;
    try {
      value = encode(event);
    } catch (RuntimeException e) {
      // Avro answers an event with holes by several kinds of runtime exception.
      return CompletableFuture.completedFuture(
          tally.count(new Failed("the event cannot be encoded: " + e.getMessage(), e)));
    }
    byte[] key = DeviceIds.of(event).getBytes(StandardCharsets.UTF_8);
    return publish(
        new Outgoing(
            new ProducerRecord<>(topic, key, value),
            event.getMetadata().getPriority(),
            () -> CloudEvents.structured(event)));
  }

  /**
   * Publishes events and waits for all.
   *
   * @return one result per event, at its position: a failure in the middle fails no other
   */
  public List<PublishResult> publishBatch(List<Event> events) {
    List<CompletionStage<PublishResult>> stages = events.stream().map(this::publish).toList();
    producer.flush();
    return stages.stream().map(stage -> stage.toCompletableFuture().join()).toList();
  }

  /**
   * Publishes a value as it is, in any form that the router reads, keyed by its device. Its
   * priority counts as NORMAL: nobody opens it.
   */
  public CompletionStage<PublishResult> publishBytes(String deviceId, byte[] value) {
    byte[] key = deviceId.getBytes(StandardCharsets.UTF_8);
    return publish(bytes(new ProducerRecord<>(topic, key, value)));
  }

  /** Publishes a value whose device is not known. */
  public CompletionStage<PublishResult> publishBytes(byte[] value) {
    return publish(bytes(new ProducerRecord<>(topic, value)));
  }

  private static Outgoing bytes(ProducerRecord<byte[], byte[]> message) {
    return new Outgoing(message, Priority.NORMAL, () -> Letters.line(message.value()));
  }

  /**
   * Publishes an event in JSON as it is, keyed by its device as far as one can be read. A
   * CloudEvent in structured mode gets the header that tells it from our envelope.
   */
  public CompletionStage<PublishResult> publishJson(byte[] json) {
    JsonLine line = JsonLine.of(json);
    return publish(
        new Outgoing(message(topic, json, line), line.priority(), () -> Letters.line(json)));
  }

  static ProducerRecord<byte[], byte[]> message(String topic, byte[] json, JsonLine line) {
    byte[] key = line.deviceId().map(id -> id.getBytes(StandardCharsets.UTF_8)).orElse(null);
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, key, json);
    if (line.cloudEvent()) {
      message
          .headers()
          .add(
              HeaderNames.CONTENT_TYPE,
              CloudEvents.STRUCTURED_JSON.getBytes(StandardCharsets.UTF_8));
    }
    return message;
  }

  private CompletionStage<PublishResult> publish(Outgoing event) {
    Optional<Invalid> invalid = check.flatMap(by -> by.of(event.message.value(), headers(event)));
    if (invalid.isPresent()) {
      return CompletableFuture.completedFuture(tally.count(invalid.get()));
    }
    int size = event.size();
    Optional<String> full = room.take(size, event.priority);
    if (full.isPresent()) {
      return CompletableFuture.completedFuture(tally.count(new Dropped(full.get())));
    }
    lanes.add(event);
    if (event.isUrgent()) {
      hurry.up();
    }
    // A copy: what its caller does to it, such as to give it up, must not keep the room.
    return event
        .result
        .thenApply(
            result -> {
              room.give(size);
              return tally.count(result);
            })
        .copy();
  }

  private static List<Header> headers(Outgoing event) {
    List<Header> headers = new ArrayList<>();
    event
        .message
        .headers()
        .forEach(header -> headers.add(new Header(header.key(), header.value())));
    return headers;
  }

  /**
   * Sends what waits for a batch to fill, and waits until each event has its result, those too that
   * are tried again.
   */
  public void flush() {
    producer.flush();
    lanes.awaitThoseThatFailed();
  }

  /** Waits for the results of what was published, as {@link #flush}. */
  @Override
  public void close() {
    if (!thread.isShutdown()) {
      flush();
      end(Duration.ofMillis(Long.MAX_VALUE));
    }
  }

  /** As {@link #close()}, but gives up what has no result after {@code patience}. */
  public void close(Duration patience) {
    if (!thread.isShutdown()) {
      end(patience);
    }
  }

  private void end(Duration patience) {
    producer.close(patience);
    lanes.close();
    lanes.awaitThoseThatFailed();
    hurry.close();
    thread.shutdown();
  }

  /** What it has done so far. */
  public PublisherFigures figures() {
    return tally.figures(lanes.retries(), room);
  }

  private synchronized byte[] encode(Event event) {
    return codec.encode(event);
  }

  /** Sends a record; the stage never completes exceptionally. */
  static CompletableFuture<PublishResult> send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
    return ToKafka.sent(producer, message).exceptionally(Failed::because);
  }
}
