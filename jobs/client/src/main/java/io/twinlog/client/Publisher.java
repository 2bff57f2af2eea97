// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.Failed;
import io.twinlog.client.PublishResult.Published;
import io.twinlog.schemas.Event;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.ingress.DeviceIds;
import io.twinlog.wire.ingress.JsonLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes events to {@code ingress}, keyed by their device, so that the events of a device keep
 * their order. It validates nothing: the router judges, and what it rejects becomes a dead letter.
 *
 * <p>For threads to share. A call blocks while no broker was reached yet and while the buffer is
 * full, up to the delivery timeout; what cannot be delivered is a {@link Failed}, never an
 * exception.
 */
public final class Publisher implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final SingleObject codec = new SingleObject();
  private final String topic;

  /**
   * Connects in the background.
   *
   * @throws KafkaException when the settings make no sense to Kafka
   */
  public Publisher(ClientSettings settings) {
    producer = new KafkaProducer<>(settings.producerProperties());
    topic = Topic.INGRESS.in(settings.prefix());
  }

  /** Publishes one event; the stage never completes exceptionally. */
  public CompletionStage<PublishResult> publish(Event event) {
    byte[] value;
    try {
      value = encode(event);
    } catch (RuntimeException e) {
      // Avro answers an event with holes by several kinds of runtime exception.
      return CompletableFuture.completedFuture(
          new Failed("the event cannot be encoded: " + e.getMessage(), e));
    }
    return publishBytes(DeviceIds.of(event), value);
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

  /** Publishes a value as it is, in any form that the router reads, keyed by its device. */
  public CompletionStage<PublishResult> publishBytes(String deviceId, byte[] value) {
    return send(
        producer, new ProducerRecord<>(topic, deviceId.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Publishes a value whose device is not known. */
  public CompletionStage<PublishResult> publishBytes(byte[] value) {
    return send(producer, new ProducerRecord<>(topic, value));
  }

  /**
   * Publishes an event in JSON as it is, keyed by its device as far as one can be read. A
   * CloudEvent in structured mode gets the header that tells it from our envelope.
   */
  public CompletionStage<PublishResult> publishJson(byte[] json) {
    return send(producer, message(topic, json));
  }

  static ProducerRecord<byte[], byte[]> message(String topic, byte[] json) {
    JsonLine line = JsonLine.of(json);
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

  /** Sends what waits for a batch to fill, and waits until each record has its result. */
  public void flush() {
    producer.flush();
  }

  /** Waits for the results of what was published, up to the delivery timeout. */
  @Override
  public void close() {
    producer.close();
  }

  /** As {@link #close()}, but gives up what has no result after {@code patience}. */
  public void close(Duration patience) {
    producer.close(patience);
  }

  private synchronized byte[] encode(Event event) {
    return codec.encode(event);
  }

  static CompletionStage<PublishResult> send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
    CompletableFuture<PublishResult> result = new CompletableFuture<>();
    try {
      producer.send(
          message,
          (metadata, failure) ->
              result.complete(
                  failure == null
                      ? new Published(metadata.partition(), metadata.offset())
                      : Failed.because(failure)));
    } catch (KafkaException | IllegalStateException e) {
      // The second: the producer was closed.
      result.complete(Failed.because(e));
    }
    return result;
  }
}
