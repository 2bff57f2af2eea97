// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.simulator.Simulation.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Runs many seeds, and of one that fails finds, by halving, the shortest prefix of steps that
 * fails, too. What {@code twinlog fuzz} starts.
 */
public final class Fuzz {
  private static final long TELL_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

  private Fuzz() {}

  /**
   * A seed that failed.
   *
   * @param steps length of the shortest prefix that fails
   * @param trace its steps
   */
  record Failure(long seed, int steps, List<String> problems, List<String> trace) {
    String text() {
      return "seed %d fails after %d steps, and not after one less:%n  %s%n%s"
          .formatted(
              seed,
              steps,
              String.join(String.format("%n  "), problems),
              String.join(String.format("%n"), trace));
    }
  }

  /** Runs a seed; empty: nothing is wrong. */
  static Optional<Failure> run(long seed, Plan plan) throws Exception {
    Optional<Failure> shortest = attempt(seed, plan, Simulation.steps());
    int passes = -1;
    while (shortest.isPresent() && shortest.get().steps() - passes > 1) {
      int middle = (passes + shortest.get().steps()) / 2;
      Optional<Failure> shorter = attempt(seed, plan, middle);
      if (shorter.isPresent()) {
        shortest = shorter;
      } else {
        passes = middle;
      }
    }
    return shortest;
  }

  private static Optional<Failure> attempt(long seed, Plan plan, int steps) throws Exception {
    try (Simulation simulation = new Simulation(seed, plan)) {
      List<String> problems = problems(simulation, steps);
      return problems.isEmpty()
          ? Optional.empty()
          : Optional.of(new Failure(seed, steps, problems, new ArrayList<>(simulation.trace())));
    }
  }

  /** A job that fails is one, too: nothing that is simulated may stop it. */
  static List<String> problems(Simulation simulation, int steps) {
    try {
      return simulation.run(steps);
    } catch (Exception e) {
      return List.of("a job fails: " + e);
    }
  }

  /**
   * Runs {@code count} seeds from {@code first} on, two at a time.
   *
   * @param say gets a line now and then
   * @return those that failed
   */
  static List<Failure> run(long first, int count, Plan plan, PrintStream say) {
    ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
    AtomicLong done = new AtomicLong();
    AtomicLong told = new AtomicLong(System.nanoTime());
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              runOne(first + i, plan).ifPresent(failures::add);
              long now = System.nanoTime();
              long before = told.get();
              long ready = done.incrementAndGet();
              if (now - before > TELL_EVERY_NANOS && told.compareAndSet(before, now)) {
                say.printf("%d of %d seeds, %d failed%n", ready, count, failures.size());
              }
            });
    return List.copyOf(failures);
  }

  private static Optional<Failure> runOne(long seed, Plan plan) {
    try {
      return run(seed, plan);
    } catch (Exception e) {
      throw new IllegalStateException("seed " + seed + " ends with " + e, e);
    }
  }
}
