// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.DeadLettered;
import io.twinlog.client.PublishResult.Failed;
import io.twinlog.client.PublishResult.Published;
import io.twinlog.client.RetryPolicy.DeadLetter;
import io.twinlog.domain.Reason;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Origin;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.json.ExactJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Keeps events that could not be delivered: as dead letters, which can be redriven as those of the
 * router; where nobody takes them, in a file.
 */
final class Letters {
  /** What writes such letters, as their origin says. */
  static final String WRITER = "publisher";

  /** Of processing, that such an event did not pass. */
  static final String STAGE = "publish";

  /** Code of the one error of such a letter. */
  static final String NOT_DELIVERED = "not_delivered";

  private final Producer<byte[], byte[]> producer;
  private final String ingress;
  private final String topic;
  private final Optional<LetterFile> file;
  private final Executor thread;

  /** Of the letters, in the order in which they are written: readers tell repeats by it. */
  private final AtomicLong written = new AtomicLong();

  /** Of one publisher: two of them number their letters alike. */
  private final String publisher = Uuid.randomUuid().toString();

  /**
   * @param thread on which files are written: Kafka's must not wait for a disk
   */
  Letters(
      Producer<byte[], byte[]> producer,
      String prefix,
      Optional<DeadLetter> settings,
      Executor thread) {
    this.thread = thread;
    this.producer = producer;
    this.ingress = Topic.INGRESS.in(prefix);
    this.topic = Topic.DEAD_LETTERS.in(prefix);
    this.file = settings.map(LetterFile::new);
  }

  /** Keeps it, if that was asked for; the stage never completes exceptionally. */
  CompletableFuture<PublishResult> keep(Outgoing event, Throwable failure) {
    if (file.isEmpty()) {
      return CompletableFuture.completedFuture(Failed.because(failure));
    }
    // Where nobody answers for one topic, nobody does for another.
    if (failure instanceof RetriableException || failure instanceof IllegalStateException) {
      return CompletableFuture.completedFuture(inFile(event, failure));
    }
    return ToKafka.sent(producer, letter(event, failure))
        .handleAsync(
            (result, refused) ->
                result instanceof Published at
                    ? new DeadLettered(
                        "dead-letters/%d/%d".formatted(at.partition(), at.offset()), failure)
                    : inFile(event, failure),
            thread);
  }

  private ProducerRecord<byte[], byte[]> letter(Outgoing event, Throwable failure) {
    DeadLetterReason reason =
        failure instanceof RecordTooLargeException
            ? DeadLetterReason.TOO_LARGE
            : DeadLetterReason.ATTEMPTS_EXHAUSTED;
    long number = written.incrementAndGet();
    DeadLetterHeaders headers =
        new DeadLetterHeaders(
            ingress,
            0,
            number,
            STAGE,
            reason,
            List.of(new Reason(NOT_DELIVERED, "", String.valueOf(failure.getMessage()))),
            Attempt.first(0));
    List<Header> original = new ArrayList<>();
    event.message.headers().forEach(h -> original.add(new Header(h.key(), h.value())));
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, event.message.key(), event.message.value());
    headers.after(original).forEach(header -> letter.headers().add(header.key(), header.value()));
    Origin origin = new Origin(WRITER, publisher, 0, number, 0);
    letter.headers().add(HeaderNames.ORIGIN, origin.toBytes());
    return letter;
  }

  private PublishResult inFile(Outgoing event, Throwable failure) {
    try {
      file.orElseThrow().append(event.line.get());
      return new DeadLettered(file.orElseThrow().name(), failure);
    } catch (IOException | IllegalArgumentException e) {
      return new Failed(
          "%s; and it could not be kept: %s".formatted(failure.getMessage(), e.getMessage()),
          failure);
    }
  }

  /**
   * A value as a line of JSON.
   *
   * @throws IllegalArgumentException when it is no event in JSON or Avro
   */
  static String line(byte[] value) {
    if (value != null && SingleObject.marks(value)) {
      try {
        return CloudEvents.structured(new SingleObject().decode(value, Event.class));
      } catch (UnreadableException e) {
        throw new IllegalArgumentException("it is no event in Avro: " + e.getMessage(), e);
      }
    }
    return Optional.ofNullable(value)
        .flatMap(ExactJson::parse)
        .map(Object::toString)
        .orElseThrow(() -> new IllegalArgumentException("it is no event in JSON or Avro"));
  }
}
