// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands outcomes to a sink in the order in which they were submitted, in a thread of its own, while
 * later ones are still under way. It bounds how many those are; it makes no outcome itself.
 */
final class InOrder<T> {
  /** Where the outcomes go; called by one thread only. */
  interface Sink<T> {
    void accept(T outcome);

    /** Called when nothing more is ready now, and at least every half second. */
    void pause();
  }

  private static final long PAUSE_MILLIS = 500;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);

  private final Sink<T> sink;
  private final Semaphore room;
  private final BlockingQueue<CompletableFuture<T>> underWay = new LinkedBlockingQueue<>();
  private final CompletableFuture<T> end = new CompletableFuture<>();
  private final Thread thread = new Thread(this::drain, "outcomes");
  private volatile RuntimeException failure;
  private long paused = System.nanoTime();

  InOrder(int underWayMax, Sink<T> sink) {
    this.sink = sink;
    room = new Semaphore(underWayMax);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits for room, then queues an outcome that is to come; it must come some day, and never
   * exceptionally.
   *
   * @return false when the sink has failed and no more is wanted: {@link #finish} says why
   */
  boolean submit(CompletableFuture<T> outcome) {
    room.acquireUninterruptibly();
    underWay.add(outcome);
    return failure == null;
  }

  /** Waits until the sink has had all; throws what it threw. */
  void finish() {
    underWay.add(end);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void drain() {
    try {
      CompletableFuture<T> next = take();
      while (next != end) {
        if (failure == null) {
          hand(await(next));
          if (System.nanoTime() - paused > PAUSE_NANOS) {
            pause();
          }
        }
        room.release();
        next = take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(T outcome) {
    try {
      sink.accept(outcome);
    } catch (RuntimeException e) {
      failure = e; // thrown again by finish
    }
  }

  private CompletableFuture<T> take() throws InterruptedException {
    CompletableFuture<T> next = underWay.poll();
    while (next == null) {
      pause();
      next = underWay.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return next;
  }

  private T await(CompletableFuture<T> outcome) throws InterruptedException {
    while (true) {
      try {
        return outcome.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        pause(); // still under way
      } catch (ExecutionException e) {
        throw new IllegalStateException("an outcome came exceptionally", e);
      }
    }
  }

  private void pause() {
    paused = System.nanoTime();
    if (failure == null) {
      try {
        sink.pause();
      } catch (RuntimeException e) {
        failure = e; // thrown again by finish
      }
    }
  }
}
