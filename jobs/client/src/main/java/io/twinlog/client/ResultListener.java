// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.schemas.CommandResult;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads {@code command.results} from its end on, in a thread of its own, and hands each result to
 * those who expect it. It keeps no result: what nobody expects is passed over.
 */
final class ResultListener implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final SingleObject codec = new SingleObject();
  private final ConcurrentHashMap<String, Set<Waiting>> expected = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::listen, "twinlog-command-results");
  private volatile KafkaException failure;
  private volatile boolean closed;

  /** Ids of commands are unique per aggregate. */
  private record Waiting(String aggregateId, CompletableFuture<CommandResult> result) {
    /** A command that was refused before its aggregate could be read has none in its result. */
    boolean isAnsweredBy(CommandResult answer) {
      return answer.getAggregateId().isEmpty() || answer.getAggregateId().equals(aggregateId);
    }
  }

  private ResultListener(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    thread.setDaemon(true);
  }

  /**
   * Stands at the end of every partition when it returns: results of commands sent later are seen.
   *
   * @throws KafkaException when the topic is missing or no broker answers in time
   */
  static ResultListener start(ClientSettings settings, Duration timeout) {
    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumerProperties());
    try {
      standAtTheEnd(consumer, Topic.COMMAND_RESULTS.in(settings.prefix()), timeout);
    } catch (KafkaException e) {
      consumer.close();
      throw e;
    }
    ResultListener listener = new ResultListener(consumer);
    listener.thread.start();
    return listener;
  }

  private static void standAtTheEnd(
      Consumer<byte[], byte[]> consumer, String topic, Duration timeout) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, timeout).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("topic " + topic + " does not exist");
    }
    consumer.assign(partitions);
    consumer.endOffsets(partitions, timeout).forEach(consumer::seek);
  }

  /**
   * The next result of that command of that aggregate.
   *
   * @return a future that the caller cancels when it waits no more
   */
  CompletableFuture<CommandResult> expect(String commandId, String aggregateId) {
    CompletableFuture<CommandResult> result = new CompletableFuture<>();
    Waiting expectation = new Waiting(aggregateId, result);
    expected.compute(
        commandId,
        (id, waiting) -> {
          Set<Waiting> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
          all.add(expectation);
          return all;
        });
    result.whenComplete((answer, ended) -> forget(commandId, expectation));
    if (failure != null) {
      result.completeExceptionally(failure);
    }
    return result;
  }

  private void forget(String commandId, Waiting expectation) {
    expected.computeIfPresent(
        commandId,
        (id, waiting) -> {
          waiting.remove(expectation);
          return waiting.isEmpty() ? null : waiting;
        });
  }

  private void listen() {
    try (consumer) {
      while (!closed) {
        consumer.poll(POLL).forEach(this::hand);
      }
      fail(new KafkaException("the listener was closed"));
    } catch (WakeupException e) {
      fail(new KafkaException("the listener was closed"));
    } catch (KafkaException e) {
      fail(e);
    }
  }

  private void hand(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null) {
      return;
    }
    String commandId = new String(message.key(), StandardCharsets.UTF_8);
    Set<Waiting> waiting = expected.get(commandId);
    if (waiting == null || message.value() == null) {
      return;
    }
    try {
      CommandResult result = codec.decode(message.value(), CommandResult.class);
      List.copyOf(waiting).stream()
          .filter(each -> each.isAnsweredBy(result))
          .forEach(each -> each.result.complete(result));
    } catch (UnreadableException e) {
      List.copyOf(waiting).forEach(each -> each.result.completeExceptionally(e));
    }
  }

  private void fail(KafkaException cause) {
    failure = cause;
    expected
        .values()
        .forEach(all -> List.copyOf(all).forEach(each -> each.result.completeExceptionally(cause)));
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
