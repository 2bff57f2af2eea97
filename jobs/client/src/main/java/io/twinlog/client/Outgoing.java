// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.schemas.Priority;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An event on its way, and who waits for what becomes of it. */
final class Outgoing {
  final ProducerRecord<byte[], byte[]> message;
  final Priority priority;

  /** The event as {@code twinlog send} takes it. */
  final Supplier<String> line;

  final CompletableFuture<PublishResult> result = new CompletableFuture<>();

  /** What has the same is kept in order; what has no key has nothing to be in order with. */
  final Object lane;

  /** Its place among all that a publisher was given. */
  volatile long sequence;

  /** Whether its lane waits for it. Set and read by the lanes. */
  volatile boolean isHead;

  private int failures;

  Outgoing(ProducerRecord<byte[], byte[]> message, Priority priority, Supplier<String> line) {
    this.message = message;
    this.priority = priority;
    this.line = line;
    this.lane = message.key() == null ? new Object() : ByteBuffer.wrap(message.key());
  }

  boolean isUrgent() {
    return priority == Priority.HIGH || priority == Priority.CRITICAL;
  }

  /** Bytes that it takes of a buffer. */
  int size() {
    int key = message.key() == null ? 0 : message.key().length;
    return key + (message.value() == null ? 0 : message.value().length);
  }

  /** One attempt more has failed: how many that makes. */
  int failed() {
    return ++failures;
  }
}
