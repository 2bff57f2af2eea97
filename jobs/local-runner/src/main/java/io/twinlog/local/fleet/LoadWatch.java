// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells each second how a load goes, and remembers how far the jobs were behind halfway. */
final class LoadWatch implements AutoCloseable {
  private static final double SECOND = 1e9;
  private static final long END_SECONDS_MAX = 30;

  private final Outbox outbox;
  private final LogEnds ends;
  private final Consumer<String> say;
  private final double halfSeconds;
  private final long beganNanos = System.nanoTime();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile LoadLag halfway = LoadLag.UNKNOWN;
  private boolean pastHalf;
  private long offered;
  private long acknowledged;
  private long lookedNanos = beganNanos;

  LoadWatch(Outbox outbox, LogEnds ends, double seconds, Consumer<String> say) {
    this.outbox = outbox;
    this.ends = ends;
    this.say = say;
    halfSeconds = seconds / 2;
    offered = outbox.offered();
    acknowledged = outbox.acknowledged();
    timer.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      tell(LoadLag.of(ends));
    } catch (LoadFailure e) {
      say.accept("no figures: " + e.getMessage());
    }
  }

  private void tell(LoadLag lag) {
    long now = System.nanoTime();
    double since = (now - lookedNanos) / SECOND;
    double at = (now - beganNanos) / SECOND;
    long offeredNow = outbox.offered();
    long acknowledgedNow = outbox.acknowledged();
    say.accept(
        "%.0f s: offered %,.0f/s, acknowledged %,.0f/s, not delivered %,d; unread router %s, device %s"
            .formatted(
                at,
                (offeredNow - offered) / since,
                (acknowledgedNow - acknowledged) / since,
                outbox.failed(),
                LoadLag.text(lag.router()),
                LoadLag.text(lag.device())));
    if (!pastHalf && at >= halfSeconds) {
      pastHalf = true;
      halfway = lag;
    }
    lookedNanos = now;
    offered = offeredNow;
    acknowledged = acknowledgedNow;
  }

  LoadLag halfway() {
    return halfway;
  }

  /** Lets the look that is under way come to its end: an interrupt would be told as a failure. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
