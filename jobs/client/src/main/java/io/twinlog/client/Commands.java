// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.CommandReply.Answered;
import io.twinlog.client.CommandReply.Unanswered;
import io.twinlog.client.CommandReply.Unsent;
import io.twinlog.client.PublishResult.Failed;
import io.twinlog.schemas.CommandResult;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends commands to {@code commands}, keyed by aggregate, and waits for their records in {@code
 * command.results}. It validates nothing: whoever owns the aggregate accepts or refuses.
 *
 * <p>For threads to share. Stages complete on threads of Kafka's clients: what is chained to them
 * must not block.
 */
public final class Commands implements AutoCloseable {
  private final ClientSettings settings;
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private ResultListener listener;

  /**
   * Connects in the background; the results are listened to from the first command that wants one.
   *
   * @throws KafkaException when the settings make no sense to Kafka
   */
  public Commands(ClientSettings settings) {
    this.settings = settings;
    producer = new KafkaProducer<>(settings.producerProperties());
    topic = Topic.COMMANDS.in(settings.prefix());
  }

  /**
   * Sends a command and waits for its result. The first call blocks until the ends of {@code
   * command.results} are known, so that no result is missed; every call blocks while no broker can
   * be reached, up to the delivery timeout.
   *
   * @param timeout from now; after it the reply is {@link Unanswered}, or {@link Unsent} where not
   *     even a broker has answered
   * @return a stage that never completes exceptionally
   */
  public CompletionStage<CommandReply> send(CommandMessage message, Duration timeout) {
    return await(message, timeout, () -> post(message));
  }

  /**
   * Sends the redrive of a dead letter and waits for its result, as {@link #send} does. A letter
   * may be larger than what the settings let a producer send: {@link
   * ClientSettings#withRoomForDeadLetters}.
   */
  public CompletionStage<CommandReply> redrive(RedriveMessage message, Duration timeout) {
    return await(message.command(), timeout, () -> post(message));
  }

  private CompletionStage<PublishResult> post(RedriveMessage message) {
    try {
      int partitions = producer.partitionsFor(topic).size();
      return Publisher.send(producer, message.on(topic, partitions));
    } catch (KafkaException e) {
      return CompletableFuture.completedFuture(Failed.because(e));
    }
  }

  private CompletionStage<CommandReply> await(
      CommandMessage message, Duration timeout, Supplier<CompletionStage<PublishResult>> post) {
    CompletableFuture<CommandReply> reply = new CompletableFuture<>();
    CompletableFuture<CommandResult> result;
    try {
      result = listener(timeout).expect(message.id(), message.aggregateId());
    } catch (KafkaException e) {
      reply.complete(new Unsent("results cannot be listened to: " + e.getMessage(), e));
      return reply;
    }
    result.whenComplete((answer, failure) -> reply.complete(reply(answer, failure)));
    AtomicBoolean written = new AtomicBoolean();
    CompletableFuture<Void> expiry =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS);
    expiry.thenRun(() -> reply.complete(late(written.get(), timeout)));
    reply.whenComplete(
        (done, never) -> {
          result.cancel(false);
          expiry.cancel(false);
        });
    post.get()
        .thenAccept(
            published -> {
              written.set(true);
              if (published instanceof Failed failed) {
                reply.complete(new Unsent(failed.error(), failed.cause()));
              }
            });
    return reply;
  }

  /** Sends a command and waits for no result of it. */
  public CompletionStage<PublishResult> post(CommandMessage message) {
    byte[] key = message.aggregateId().getBytes(StandardCharsets.UTF_8);
    return Publisher.send(producer, new ProducerRecord<>(topic, key, message.value()));
  }

  private static CommandReply late(boolean written, Duration timeout) {
    if (written) {
      return new Unanswered(timeout);
    }
    String error = "no broker has acknowledged it within " + timeout.toMillis() + " ms";
    return new Unsent(error, new TimeoutException(error));
  }

  private static CommandReply reply(CommandResult answer, Throwable failure) {
    return failure == null
        ? new Answered(answer)
        : new Unsent("its result cannot be read: " + failure.getMessage(), failure);
  }

  private synchronized ResultListener listener(Duration timeout) {
    if (listener == null) {
      listener = ResultListener.start(settings, timeout);
    }
    return listener;
  }

  /** Gives up the waiting, and what was not sent yet after the delivery timeout. */
  @Override
  public synchronized void close() {
    producer.close();
    if (listener != null) {
      listener.close();
    }
  }
}
