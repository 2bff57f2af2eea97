// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.local.fleet.core.FleetMessage;
import io.twinlog.local.fleet.core.FleetPlan;
import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts a fleet's load on a Twinlog that runs, and finds out what came of it. It reads only what
 * anybody may: offsets and dead letters.
 *
 * @param lasts how long the fleet speaks
 * @param patience how long to wait until the jobs have read all of it
 */
record Load(FleetPlan plan, Rate rate, Duration lasts, Duration patience) {
  private static final double SECOND = 1e9;
  private static final long POLL_MILLIS = 250;

  LoadFigures run(ClientSettings settings, Optional<TruthFile> truth, Consumer<String> say)
      throws InterruptedException {
    try (LogEnds ends = new LogEnds(settings)) {
      ends.require();
      Map<TopicPartition, Long> lettersFrom = ends.ends(Topic.DEAD_LETTERS);
      FleetDriver driver = new FleetDriver(plan, !rate.max(), settings, truth);
      try {
        driver.register(say, () -> false);
        return drive(driver, ends, lettersFrom, say);
      } finally {
        driver.close();
      }
    }
  }

  private LoadFigures drive(
      FleetDriver driver, LogEnds ends, Map<TopicPartition, Long> lettersFrom, Consumer<String> say)
      throws InterruptedException {
    Outbox outbox = driver.outbox();
    long offeredBefore = outbox.offered();
    long acknowledgedBefore = outbox.acknowledged();
    outbox.forgetLatencies();
    LoadLag begin = LoadLag.of(ends);
    long began = System.nanoTime();
    LoadLag halfway;
    double seconds;
    double settled;
    try (LoadWatch watch = new LoadWatch(outbox, ends, lasts.toMillis() / 1e3, say)) {
      driver.drive(until(began));
      seconds = since(began);
      outbox.flush();
      settled = since(began);
      halfway = watch.halfway();
    }
    LoadLag end = LoadLag.of(ends);
    OptionalDouble caughtUp = awaitBoth(ends, say);
    return new LoadFigures(
        plan.devices(),
        rate,
        seconds,
        settled,
        sent(outbox),
        outbox.offered() - offeredBefore,
        outbox.acknowledged() - acknowledgedBefore,
        outbox.failed(),
        outbox.firstFailure(),
        driver.heldUpSeconds(),
        outbox.latencies(),
        begin,
        halfway,
        end,
        caughtUp,
        lettersFrom.values().stream().mapToLong(offset -> offset).sum(),
        ends.letters(lettersFrom, ends.ends(Topic.DEAD_LETTERS)));
  }

  private BooleanSupplier until(long began) {
    return () -> System.nanoTime() - began >= lasts.toNanos() || Thread.interrupted();
  }

  /** The router first: only then is it known how much the device job has to read. */
  private OptionalDouble awaitBoth(LogEnds ends, Consumer<String> say) throws InterruptedException {
    long began = System.nanoTime();
    say.accept("waiting until the jobs have read and kept it ...");
    Map<TopicPartition, Long> sources = LoadLag.sources(ends);
    if (!await(() -> LoadLag.routerIsPast(ends, sources), began)) {
      return OptionalDouble.empty();
    }
    Map<TopicPartition, Long> inbox = ends.ends(Topic.EVENTS_DOMAIN);
    return await(() -> LoadLag.deviceIsPast(ends, inbox), began)
        ? OptionalDouble.of(since(began))
        : OptionalDouble.empty();
  }

  private boolean await(BooleanSupplier condition, long began) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > patience.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  private static double since(long began) {
    return (System.nanoTime() - began) / SECOND;
  }

  private static Map<String, Long> sent(Outbox outbox) {
    Map<String, Long> sent = new TreeMap<>();
    for (FleetMessage.Kind kind : FleetMessage.Kind.values()) {
      if (kind != FleetMessage.Kind.REGISTERED) {
        sent.put(kind.text(), outbox.sent(kind));
      }
    }
    return sent;
  }
}
