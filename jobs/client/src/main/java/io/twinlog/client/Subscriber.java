// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.Progress.Noted;
import io.twinlog.client.Progress.Waiting;
import io.twinlog.client.SubscriberSettings.From;
import io.twinlog.wire.Repeats;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
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

  /** Keys of a partition of which it is remembered what was the newest, at least. */
  private static final int KEYS_KNOWN_MIN = 10_000;

  private final ClientSettings client;
  private final SubscriberSettings settings;
  private final RecordFilter filter;
  private final Handling handling;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Part> parts = new HashMap<>();
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long filtered;
  private long repeated;
  private volatile boolean closed;
  private volatile boolean running;
  private volatile SubscriberFigures figures = new SubscriberFigures(0, 0, 0, 0, 0, 0, 0);
  private volatile List<ParkedRecords> parked = List.of();

  /** A partition that is this subscriber's. */
  private static final class Part {
    final Progress progress;
    final Repeats repeats = new Repeats();
    String noted = "";
    boolean paused;

    /** A record that came, and had no room: when it comes again it is no repeat. */
    long putBack = -1;

    private final Map<String, Boolean> known;

    Part(long next, int keysMax) {
      progress = new Progress(next);
      known =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              boolean tooMany = size() > keysMax;
              if (tooMany) {
                repeats.forget(eldest.getKey().getBytes(StandardCharsets.UTF_8));
              }
              return tooMany;
            }
          };
    }

    /** Of the keys that were unheard for longest nothing is remembered. */
    boolean isRepeat(Received record, byte[] key) {
      known.put(record.key(), true);
      return repeats.isRepeat(key, record.headers());
    }
  }

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
      consumer.subscribe(topics, new Assignment());
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
      note();
    } catch (WakeupException e) {
      note();
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
    parts.values().forEach(part -> handling.retry(part.progress, System.nanoTime(), goesOn));
    resume();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(settings.pollInterval())) {
      if (!goesOn.getAsBoolean()) {
        // What is left of the batch is read again: Kafka wants to hear of this reader meanwhile.
        parts.forEach((partition, part) -> consumer.seek(partition, part.progress.next()));
        break;
      }
      take(record);
    }
    note();
    tell();
  }

  private void take(ConsumerRecord<byte[], byte[]> read) {
    TopicPartition partition = new TopicPartition(read.topic(), read.partition());
    Part part = parts.get(partition);
    if (part == null || part.paused) {
      return;
    }
    Received record = received(read);
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

  private Received received(ConsumerRecord<byte[], byte[]> read) {
    return Received.of(read.topic().substring(client.prefix().length()), read);
  }

  /** Nothing more is read of it until something that waits has gone. */
  private void pause(TopicPartition partition, Part part, ConsumerRecord<byte[], byte[]> record) {
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
    parts.forEach(
        (partition, part) -> {
          if (part.paused && !part.progress.isFull(settings.waitingMax())) {
            part.paused = false;
            consumer.resume(List.of(partition));
          }
        });
  }

  /** Notes in Kafka how far it is, where that has changed. */
  private void note() {
    note(parts.keySet());
  }

  private void note(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Part part = parts.get(partition);
      if (part != null) {
        String note = part.progress.note();
        String whole = part.progress.next() + " " + note;
        if (!whole.equals(part.noted)) {
          changed.put(partition, new OffsetAndMetadata(part.progress.next(), note));
        }
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(changed);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // The partitions are another one's, or about to be: the next poll tells.
      LOG.log(Level.WARNING, "its place cannot be noted now: {0}", e.getMessage());
      return;
    }
    changed.forEach(
        (partition, at) -> parts.get(partition).noted = at.offset() + " " + at.metadata());
  }

  private void tell() {
    List<ParkedRecords> all = new ArrayList<>();
    int waiting = 0;
    for (Map.Entry<TopicPartition, Part> part : parts.entrySet()) {
      waiting += part.getValue().progress.waiting();
      part.getValue()
          .progress
          .keys()
          .forEach((key, what) -> parked(part.getKey(), what).ifPresent(all::add));
    }
    parked = List.copyOf(all);
    figures =
        new SubscriberFigures(
            handling.handled(),
            filtered,
            repeated,
            handling.skipped(),
            handling.retries(),
            waiting,
            all.size());
  }

  private static Optional<ParkedRecords> parked(TopicPartition partition, Waiting key) {
    Received first = key.records.element();
    return key.parked
        ? Optional.of(
            new ParkedRecords(
                first.topic(),
                partition.partition(),
                first.key(),
                first.offset(),
                key.records.size(),
                key.why))
        : Optional.empty();
  }

  /** Takes over partitions, and gives them up. Called by Kafka, within a poll. */
  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata at = committed.get(partition);
        long begin = beginsAtTheEnd() ? ends.get(partition) : beginnings.get(partition);
        long next = at == null ? begin : at.offset();
        if (next < beginnings.get(partition)) {
          throw lost(partition, next, beginnings.get(partition));
        } else if (next > ends.get(partition)) {
          throw new IllegalStateException(
              "'%s' has read %s up to %d, and it ends at %d: was the topic replaced? Take another name"
                  .formatted(settings.name(), partition, next, ends.get(partition)));
        }
        Part part = new Part(next, Math.max(KEYS_KNOWN_MIN, settings.lookBack()));
        consumer.seek(partition, next);
        if (at != null) {
          begin(partition, part, Progress.noted(at.metadata()), beginnings.get(partition));
        }
        // Only now: what is known of it in part must not be noted.
        parts.put(partition, part);
      }
    }

    /** A partition that was added to a topic is new, and the name is not. */
    private boolean beginsAtTheEnd() {
      if (settings.from() != From.END) {
        return false;
      }
      Set<TopicPartition> all =
          consumer.subscription().stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .collect(Collectors.toSet());
      return consumer.committed(all).values().stream().allMatch(Objects::isNull);
    }

    private IllegalStateException lost(TopicPartition partition, long next, long begin) {
      return new IllegalStateException(
          "%d records of %s were deleted before '%s' has read them: it was at %d, and the first is %d. Reset the group's offset to go on without them, or take another name"
              .formatted(begin - next, partition, settings.name(), next, begin));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      note(partitions);
      partitions.forEach(parts::remove);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(parts::remove);
    }
  }

  /** What waited when it left off, and what there was shortly before, to know repeats of it. */
  private void begin(TopicPartition partition, Part part, List<Noted> noted, long first) {
    long from = Math.max(first, part.progress.next() - settings.lookBack());
    TreeMap<Long, Noted> waiting = new TreeMap<>();
    noted.forEach(one -> waiting.put(one.offset(), one));
    try (PastRecords past = new PastRecords(client, partition)) {
      past.read(
          from,
          part.progress.next(),
          record -> {
            Received known = received(record);
            if (!known.isTick()) {
              part.isRepeat(known, record.key());
            }
          });
      for (Noted one : waiting.values()) {
        Optional<ConsumerRecord<byte[], byte[]>> record = past.at(one.offset());
        if (record.isPresent()) {
          wait(part.progress, received(record.get()), one.parked());
        } else {
          LOG.log(Level.WARNING, "{0}/{1} waited, and is gone", partition, one.offset());
        }
      }
    }
  }

  private static void wait(Progress progress, Received record, boolean isParked) {
    if (progress.isWaitingFor(record)) {
      progress.waits(record);
      return;
    }
    Waiting key = progress.hold(record);
    key.parked = isParked;
    key.dueNanos = System.nanoTime();
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
                parts.values().stream().mapToInt(p -> question.applyAsInt(p.progress)).sum()));
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
