// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;

/**
 * Lets what waits for a batch to fill go at once. All of it: what overtook the others of its device
 * would be out of order.
 */
final class Hurry implements AutoCloseable {
  private final Producer<?, ?> producer;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "twinlog-publisher-hurry");
            made.setDaemon(true);
            return made;
          });

  Hurry(Producer<?, ?> producer) {
    this.producer = producer;
  }

  /** Returns at once. Who asks while it waits for its turn is served by the same turn. */
  void up() {
    if (asked.compareAndSet(false, true)) {
      try {
        thread.execute(
            () -> {
              asked.set(false);
              producer.flush();
            });
      } catch (RejectedExecutionException e) {
        // The publisher has come to its end: nothing waits for a batch to fill.
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
