// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.PublishResult.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends events, and tries again what has failed. Where an event of a key waits for its next
 * attempt, the later ones of that key wait behind it, and no other key does. What was under way
 * when it failed may pass it.
 *
 * <p>For threads to share. Events are judged on one thread of its own, never on Kafka's, as to send
 * may block.
 */
final class Lanes {
  private final Road road;
  private final RetryPolicy policy;
  private final ScheduledExecutorService thread;
  private final Map<Object, Lane> failing = new HashMap<>();
  private final AtomicLong sequence = new AtomicLong();

  /** Spares a lock as long as nothing fails. */
  private volatile boolean anyFails;

  private long retries;
  private boolean closing;

  /** Where events go, and what becomes of those that are given up. */
  interface Road {
    /** Sends one. The stage may complete on any thread, exceptionally where it failed. */
    CompletableFuture<PublishResult> send(Outgoing event);

    /** Whether another attempt can help. */
    boolean isTransient(Throwable failure);

    /** Gives one up; the stage never completes exceptionally. */
    CompletableFuture<PublishResult> giveUp(Outgoing event, Throwable failure);
  }

  /** A key whose first event has failed. */
  private static final class Lane {
    Outgoing head;
    Throwable failure;
    ScheduledFuture<?> attempt;
    final TreeMap<Long, Outgoing> waiting = new TreeMap<>();
  }

  /**
   * @param thread one thread, which is the caller's to end
   */
  Lanes(Road road, RetryPolicy policy, ScheduledExecutorService thread) {
    this.road = road;
    this.policy = policy;
    this.thread = thread;
  }

  /** Sends an event, or lets it wait behind others of its key. */
  void add(Outgoing event) {
    event.sequence = sequence.incrementAndGet();
    if (!anyFails || !waits(event)) {
      send(event);
    }
  }

  private synchronized boolean waits(Outgoing event) {
    Lane lane = failing.get(event.lane);
    if (lane != null) {
      lane.waiting.put(event.sequence, event);
    }
    return lane != null;
  }

  private void send(Outgoing event) {
    road.send(event)
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                judge(event, Failed.because(failure), () -> failed(event, failure));
              } else if (event.isHead) {
                judge(event, result, () -> end(event, result, Optional.empty()));
              } else {
                event.result.complete(result);
              }
            });
  }

  /**
   * @param otherwise what becomes of the event where the publisher has come to its end
   */
  private void judge(Outgoing event, PublishResult otherwise, Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      event.result.complete(otherwise);
    }
  }

  private void failed(Outgoing event, Throwable failure) {
    synchronized (this) {
      Lane lane = failing.computeIfAbsent(event.lane, key -> new Lane());
      anyFails = true;
      if (lane.head != null && lane.head != event) {
        // It was under way behind the one that its lane waits for.
        lane.waiting.put(event.sequence, event);
        return;
      }
      lane.head = event;
      lane.failure = failure;
      event.isHead = true;
      Optional<Duration> wait =
          closing || !road.isTransient(failure) ? Optional.empty() : policy.wait(event.failed());
      if (wait.isPresent()) {
        retries++;
        lane.attempt =
            thread.schedule(() -> attempt(lane), wait.get().toMillis(), TimeUnit.MILLISECONDS);
        return;
      }
    }
    giveUp(event, failure);
  }

  private void attempt(Lane lane) {
    Outgoing head;
    synchronized (this) {
      if (lane.attempt == null) {
        // The end has come first, and gives it up.
        return;
      }
      lane.attempt = null;
      head = lane.head;
    }
    send(head);
  }

  private void giveUp(Outgoing event, Throwable failure) {
    road.giveUp(event, failure)
        .thenAccept(result -> judge(event, result, () -> end(event, result, Optional.of(failure))));
  }

  /**
   * The head of a lane has its result: the next one's turn comes.
   *
   * @param givenUp why it was given up; empty: it was not
   */
  private void end(Outgoing event, PublishResult result, Optional<Throwable> givenUp) {
    Outgoing next = null;
    synchronized (this) {
      Lane lane = failing.get(event.lane);
      event.isHead = false;
      if (lane.waiting.isEmpty()) {
        failing.remove(event.lane);
        anyFails = !failing.isEmpty();
      } else {
        next = lane.waiting.pollFirstEntry().getValue();
        next.isHead = true;
        lane.head = next;
      }
    }
    event.result.complete(result);
    if (next == null) {
      return;
    }
    Outgoing after = next;
    if (givenUp.filter(this::isOfAll).isPresent()) {
      Throwable failure = givenUp.get();
      judge(after, Failed.because(failure), () -> giveUp(after, failure));
    } else {
      send(after);
    }
  }

  /** Where nobody takes one in all its attempts, those that waited behind it need not try. */
  private synchronized boolean isOfAll(Throwable failure) {
    return closing || road.isTransient(failure);
  }

  /** Waits until each event that has failed so far, or waits behind one, has its result. */
  void awaitThoseThatFailed() {
    // What Kafka has told of is judged before this comes to its turn.
    CompletableFuture.runAsync(() -> {}, thread).join();
    List<CompletableFuture<PublishResult>> results = new ArrayList<>();
    synchronized (this) {
      for (Lane lane : failing.values()) {
        results.add(lane.head.result);
        lane.waiting.values().forEach(event -> results.add(event.result));
      }
    }
    CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
  }

  /** There is no other attempt: what waits for one is given up, now. */
  void close() {
    List<Runnable> idle = new ArrayList<>();
    synchronized (this) {
      closing = true;
      for (Lane lane : failing.values()) {
        if (lane.attempt != null) {
          lane.attempt.cancel(false);
          lane.attempt = null;
          Outgoing head = lane.head;
          Throwable failure = lane.failure;
          idle.add(() -> giveUp(head, failure));
        }
      }
    }
    idle.forEach(thread::execute);
  }

  /** Attempts beside the first one of each event. */
  synchronized long retries() {
    return retries;
  }
}
