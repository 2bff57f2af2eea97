// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.Progress.Waiting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads topics and hands their records to a handler: those of a key in their order, each once,
 * whatever the job that wrote them repeats. Where it has left off, and what waits, is noted in
 * Kafka under its name, so that it goes on there after a restart, on whatever machine.
 *
 * <p>A record that fails holds up its own key, and no other one: it is tried again with backoff;
 * then the key is parked with all that comes later, until it is {@linkplain #redrive redriven}.
 *
 * <p>{@link #run} does all of it, on the caller's thread; the rest is for other threads.
 */
public final class Subscriber implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Subscriber.class.getName());

  /** Well below max.poll.interval.ms, after which Kafka takes a reader for dead. */
  private static final long TURN_NANOS_MAX = Duration.ofMinutes(1).toNanos();

  private final ClientSettings client;
  private final SubscriberSettings settings;
  private final RecordFilter filter;
  private final Handling handling;
  private final Consumer<byte[], byte[]> consumer;
  private final SubscribedParts parts;
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long filtered;
  private long repeated;
  private volatile boolean closed;
  private volatile boolean running;
  private volatile SubscriberFigures figures = new SubscriberFigures(0, 0, 0, 0, 0, 0, 0);
  private volatile List<ParkedRecords> parked = List.of();

  /**
   * Connects in the background.
   *
   * @throws IllegalArgumentException when the filter is no condition: the message says what is
   *     wrong with it, and where
   * @throws KafkaException when the settings make no sense to Kafka
   */
  public Subscriber(ClientSettings client, SubscriberSettings settings, RecordHandler handler) {
    this.client = client;
    this.settings = settings;
    this.filter = RecordFilter.of(settings.filter());
    this.handling = new Handling(handler, settings);
    Map<String, Object> properties = client.consumerProperties();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.name());
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batchMax());
    // What is gone must be noticed: "earliest" would pass over it.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    consumer = new KafkaConsumer<>(properties);
    parts = new SubscribedParts(consumer);
  }

  /**
   * Reads and hands on until {@link #close}.
   *
   * @throws SubscriberStopped when the handler fails with HIGH
   * @throws IllegalStateException when records are gone that it has not read, or a topic is missing
   * @throws IllegalArgumentException when what it has noted is of a newer build
   * @throws KafkaException when Kafka cannot go on
   */
  public void run() {
    running = true;
    try (consumer) {
      List<String> topics = settings.topics().stream().map(t -> client.prefix() + t).toList();
      topics.forEach(this::requireThere);
      consumer.subscribe(topics, new Assignment(client, settings, consumer, parts));
      turns();
    } catch (WakeupException e) {
      if (!closed) {
        throw e;
      }
    } catch (KafkaException e) {
      // What an assignment has thrown, Kafka wraps.
      boolean ours =
          e.getCause() instanceof IllegalStateException
              || e.getCause() instanceof IllegalArgumentException;
      throw ours ? (RuntimeException) e.getCause() : e;
    } finally {
      ended.countDown();
    }
  }

  private void turns() {
    try {
      while (!closed) {
        turn();
      }
    } catch (RuntimeException e) {
      try {
        noteAtTheEnd();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    noteAtTheEnd();
  }

  /** Who closes it wakes up, or interrupts, whatever waits for Kafka, this too. */
  private void noteAtTheEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      parts.note(parts.all().keySet());
    } catch (WakeupException e) {
      parts.note(parts.all().keySet());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void requireThere(String topic) {
    if (consumer.partitionsFor(topic).isEmpty()) {
      throw new IllegalStateException("there is no topic " + topic);
    }
  }

  private void turn() {
    for (Runnable next = asked.poll(); next != null; next = asked.poll()) {
      next.run();
    }
    long began = System.nanoTime();
    BooleanSupplier goesOn = () -> !closed && System.nanoTime() - began < TURN_NANOS_MAX;
    parts.all().values().forEach(part -> handling.retry(part.progress, System.nanoTime(), goesOn));
    resume();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(settings.pollInterval())) {
      if (!goesOn.getAsBoolean()) {
        // What is left of the batch is read again: Kafka wants to hear of this reader meanwhile.
        parts.all().forEach((partition, part) -> consumer.seek(partition, part.progress.next()));
        break;
      }
      take(record);
    }
    parts.note(parts.all().keySet());
    tell();
  }

  private void take(ConsumerRecord<byte[], byte[]> read) {
    TopicPartition partition = new TopicPartition(read.topic(), read.partition());
    SubscribedPart part = parts.all().get(partition);
    if (part == null || part.paused) {
      return;
    }
    Received record = Received.of(client, read);
    boolean tick = record.isTick();
    if (tick && !settings.ticks()) {
      part.progress.passed(record.offset());
    } else if (!tick && read.offset() != part.putBack && part.isRepeat(record, read.key())) {
      repeated++;
      part.progress.passed(record.offset());
    } else if (!filter.passes(record)) {
      filtered++;
      part.progress.passed(record.offset());
    } else if (!handling.take(record, part.progress, System.nanoTime())) {
      pause(partition, part, read);
    }
  }

  /** Nothing more is read of it until something that waits has gone. */
  private void pause(
      TopicPartition partition, SubscribedPart part, ConsumerRecord<byte[], byte[]> record) {
    LOG.log(
        Level.WARNING,
        "{0} is read no further: {1} records of it wait, at most {2} may",
        partition,
        part.progress.waiting(),
        settings.waitingMax());
    part.paused = true;
    part.putBack = record.offset();
    consumer.seek(partition, part.progress.next());
    consumer.pause(List.of(partition));
  }

  private void resume() {
    parts
        .all()
        .forEach(
            (partition, part) -> {
              if (part.paused && !part.progress.isFull(settings.waitingMax())) {
                part.paused = false;
                consumer.resume(List.of(partition));
              }
            });
  }

  private void tell() {
    parked = parts.parked();
    figures =
        new SubscriberFigures(
            handling.handled(),
            filtered,
            repeated,
            handling.skipped(),
            handling.retries(),
            parts.waiting(),
            parked.size());
  }

  /**
   * Tries a parked key again, and what waits behind it.
   *
   * @param key empty: all records that have none
   * @return how many keys that were: it may be one of several topics. Completes when their turn has
   *     come, and not before {@link #run} runs
   */
  public CompletableFuture<Integer> redrive(String key) {
    return ask(
        progress -> {
          List<Waiting> all = progress.parked(key);
          for (Waiting waiting : all) {
            waiting.parked = false;
            waiting.failures = 0;
            waiting.dueNanos = System.nanoTime();
          }
          return all.size();
        });
  }

  /**
   * Gives up what waits of a parked key: it is never handled.
   *
   * @return how many records that were
   */
  public CompletableFuture<Integer> discard(String key) {
    return ask(progress -> progress.discard(key));
  }

  private CompletableFuture<Integer> ask(java.util.function.ToIntFunction<Progress> question) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    asked.add(
        () ->
            answer.complete(
                parts.all().values().stream()
                    .mapToInt(p -> question.applyAsInt(p.progress))
                    .sum()));
    return answer;
  }

  /** Keys that wait for a {@link #redrive}, as of the last turn. */
  public List<ParkedRecords> parked() {
    return parked;
  }

  /** What it has done, as of the last turn. */
  public SubscriberFigures figures() {
    return figures;
  }

  /** Ends {@link #run} after the record that is worked on, and waits for its end. */
  @Override
  public void close() {
    closed = true;
    if (!running) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
