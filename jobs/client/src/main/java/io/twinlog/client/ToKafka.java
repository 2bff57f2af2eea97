// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.Published;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** The way of events to {@code ingress}, and of those that are given up to where they are kept. */
record ToKafka(Producer<byte[], byte[]> producer, Letters letters) implements Lanes.Road {
  @Override
  public CompletableFuture<PublishResult> send(Outgoing event) {
    return sent(producer, event.message);
  }

  /** What is too large, or not allowed, is so at the next attempt, too. */
  @Override
  public boolean isTransient(Throwable failure) {
    return failure instanceof RetriableException;
  }

  @Override
  public CompletableFuture<PublishResult> giveUp(Outgoing event, Throwable failure) {
    return letters.keep(event, failure);
  }

  /** Sends a record; the stage completes exceptionally where it was not delivered. */
  static CompletableFuture<PublishResult> sent(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> message) {
    CompletableFuture<PublishResult> result = new CompletableFuture<>();
    try {
      producer.send(
          message,
          (metadata, failure) -> {
            if (failure == null) {
              result.complete(new Published(metadata.partition(), metadata.offset()));
            } else {
              result.completeExceptionally(failure);
            }
          });
    } catch (KafkaException | IllegalStateException e) {
      // The second: the producer was closed.
      result.completeExceptionally(e);
    }
    return result;
  }
}
