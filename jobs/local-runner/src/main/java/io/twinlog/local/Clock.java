// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * What makes time pass in the log: it writes ticks to every partition of the source topics. Whoever
 * reads the log learns the time from the ticks alone, never from here.
 */
public interface Clock extends AutoCloseable {
  /** What the process of a clock is called. */
  String NAME = "clock";

  /** Done when every partition has acknowledged its first tick; failed when the clock is broken. */
  CompletableFuture<Void> firstTick();

  /** Done, with the reason, when the clock stands still for good. */
  CompletableFuture<Throwable> failed();

  /** Clock of the last tick that every partition acknowledged, in milliseconds. */
  long clock();

  /**
   * Tick records written since the start, over all partitions; empty while a tick is under way, of
   * which some partitions have their record and some have not.
   */
  OptionalLong records();

  @Override
  void close();
}
