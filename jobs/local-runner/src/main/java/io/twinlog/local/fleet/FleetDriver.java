// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.local.fleet.core.Fact;
import io.twinlog.local.fleet.core.Fleet;
import io.twinlog.local.fleet.core.FleetMessage;
import io.twinlog.local.fleet.core.FleetPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lets a fleet speak at its rate by the wall clock. When it cannot keep up, as the brokers stand
 * still or the machine sleeps, it goes on from where it was, later, and does not make up for it.
 *
 * <p>One thread drives; any may ask the {@link #outbox()} for figures.
 */
final class FleetDriver implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Registrations a second, at least: nobody waits an hour for a large fleet at a low rate. */
  private static final double REGISTRATIONS = 5_000;

  /** Naps: shorter ones cost more than the messages; longer ones do not see the end in time. */
  private static final long NAP_MIN = 5 * MILLI;

  private static final long NAP_MAX = 100 * MILLI;
  private static final long BEHIND_MAX = 5 * SECOND;
  private static final long PROGRESS = 2 * SECOND;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FleetPlan plan;
  private final boolean paced;
  private final Optional<TruthFile> truth;
  private final Fleet fleet;
  private final Outbox outbox;
  private volatile long heldUpNanos;

  /**
   * Connects in the background; sends nothing yet.
   *
   * @param paced whether it keeps to the rate of the plan, or is as fast as it can be
   */
  FleetDriver(FleetPlan plan, boolean paced, ClientSettings settings, Optional<TruthFile> truth) {
    this.plan = plan;
    this.paced = paced;
    this.truth = truth;
    fleet = new Fleet(plan, truth.<Consumer<Fact>>map(file -> file).orElse(fact -> {}));
    outbox = new Outbox(settings, this::tellLost);
  }

  /**
   * Registers every device, and waits until all registrations are acknowledged.
   *
   * @param say gets a line now and then
   */
  void register(Consumer<String> say, BooleanSupplier over) {
    tell(run());
    long begin = System.nanoTime();
    long told = begin;
    double perSecond = Math.max(plan.rate(), REGISTRATIONS);
    for (int place = 0; place < plan.devices() && !over.getAsBoolean(); place++) {
      long due = paced ? begin + (long) (place / perSecond * SECOND) : System.nanoTime();
      while (System.nanoTime() < due && !over.getAsBoolean()) {
        nap(due);
      }
      outbox.send(fleet.register(place, System.currentTimeMillis()), due);
      if (System.nanoTime() - told > PROGRESS) {
        told = System.nanoTime();
        say.accept("registered %,d of %,d devices".formatted(place + 1, plan.devices()));
      }
    }
    outbox.flush();
    if (!over.getAsBoolean()) {
      say.accept(
          "registered %,d devices in %.1f s"
              .formatted(plan.devices(), (System.nanoTime() - begin) / (double) SECOND));
    }
  }

  /** Lets the fleet speak until it is over. */
  void drive(BooleanSupplier over) {
    long begin = System.nanoTime();
    long wall = System.currentTimeMillis();
    long flushed = begin;
    while (!over.getAsBoolean()) {
      double offset = paced ? fleet.offsetMillis() : (System.nanoTime() - begin) / (double) MILLI;
      long due = begin + (long) (offset * MILLI);
      long now = System.nanoTime();
      if (now - flushed > SECOND) {
        truth.ifPresent(TruthFile::flush);
        flushed = now;
      }
      if (now < due) {
        nap(due);
        continue;
      }
      if (now - due > BEHIND_MAX) {
        // As devices do that were asleep: they speak later, not all at once.
        heldUpNanos += now - due;
        begin += now - due;
        wall += TimeUnit.NANOSECONDS.toMillis(now - due);
        due = now;
      }
      outbox.send(fleet.next(wall + (long) offset), due);
    }
  }

  private static void nap(long due) {
    LockSupport.parkNanos(Math.min(NAP_MAX, Math.max(NAP_MIN, due - System.nanoTime())));
  }

  Outbox outbox() {
    return outbox;
  }

  /** Time by which the fleet is later than it was to be. */
  double heldUpSeconds() {
    return heldUpNanos / (double) SECOND;
  }

  /** Waits for what is under way, then tells the rest of the truth. */
  @Override
  public void close() {
    outbox.close(PATIENCE);
    fleet.end(System.currentTimeMillis());
    tell(summary());
    truth.ifPresent(TruthFile::close);
  }

  private void tellLost(FleetMessage message) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("message", message.kind().text());
    more.put("id", message.id());
    tell(new Fact(System.currentTimeMillis(), message.key(), "not_delivered", more));
  }

  private Fact run() {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("run", plan.run());
    more.put("seed", plan.seed());
    more.put("devices", plan.devices());
    more.put("rate", paced ? Double.toString(plan.rate()) : "max");
    more.put("mix", plan.mix().text());
    more.put("timeout_ms", plan.timeoutMillis());
    return new Fact(System.currentTimeMillis(), "", "run", more);
  }

  private Fact summary() {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("run", plan.run());
    more.put("published", outbox.offered());
    more.put("acknowledged", outbox.acknowledged());
    more.put("not_delivered", outbox.failed());
    more.put("held_up_ms", TimeUnit.NANOSECONDS.toMillis(heldUpNanos));
    for (FleetMessage.Kind kind : FleetMessage.Kind.values()) {
      more.put(kind.text(), outbox.sent(kind));
    }
    return new Fact(System.currentTimeMillis(), "", "summary", more);
  }

  private void tell(Fact fact) {
    truth.ifPresent(file -> file.accept(fact));
  }
}
