// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a publisher does about an event that Kafka's producer has given up: steps, one after the
 * other, each as often as it says (seed, {@code RetryPolicy}). Such as {@code
 * RetryPolicy.immediate(2).then(RetryPolicy.delayed(10, ofSeconds(1),
 * ofMinutes(1))).then(RetryPolicy.deadLetter(file))}. Immutable.
 */
public record RetryPolicy(List<Step> steps) {
  /** Nothing: the caller is told that it has failed. */
  public static final RetryPolicy NONE = new RetryPolicy(List.of());

  /** Bytes of a file of dead letters, where nothing else is said: 64 MiB. */
  public static final long FILE_BYTES_MAX = 64L * 1024 * 1024;

  /** One after the other. */
  public sealed interface Step {}

  /** Again at once, so often. */
  public record Immediate(int times) implements Step {
    public Immediate {
      requireTimes(times);
    }
  }

  /**
   * Again after a while, so often.
   *
   * @param first the wait before the first attempt; it doubles
   * @param longest wait
   */
  public record Delayed(int times, Duration first, Duration longest) implements Step {
    public Delayed {
      requireTimes(times);
      if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "a delay is longer than nothing, and the longest no shorter than the first: "
                + first
                + ", "
                + longest);
      }
    }

    Duration wait(int attempt) {
      Duration wait = first;
      for (int i = 0; i < attempt && wait.compareTo(longest) < 0; i++) {
        wait = wait.multipliedBy(2);
      }
      return wait.compareTo(longest) < 0 ? wait : longest;
    }
  }

  /**
   * Not again: to the topic {@code dead-letters}, which others read and redrive; where no broker
   * answers, into a file, a line each, as {@code twinlog send FILE} takes it. The last step.
   *
   * @param bytesMax of the file; what finds no room in it has failed
   */
  public record DeadLetter(Path file, long bytesMax) implements Step {
    public DeadLetter {
      if (bytesMax < 1) {
        throw new IllegalArgumentException("a file of dead letters has room for " + bytesMax);
      }
    }
  }

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when something follows a {@link DeadLetter}
   */
  public RetryPolicy {
    steps = List.copyOf(steps);
    for (Step step : steps.subList(0, Math.max(0, steps.size() - 1))) {
      if (step instanceof DeadLetter) {
        throw new IllegalArgumentException("nothing can follow a dead letter: " + steps);
      }
    }
  }

  public static RetryPolicy immediate(int times) {
    return new RetryPolicy(List.of(new Immediate(times)));
  }

  public static RetryPolicy delayed(int times, Duration first, Duration longest) {
    return new RetryPolicy(List.of(new Delayed(times, first, longest)));
  }

  public static RetryPolicy deadLetter(Path file) {
    return new RetryPolicy(List.of(new DeadLetter(file, FILE_BYTES_MAX)));
  }

  /** First this one, then another. */
  public RetryPolicy then(RetryPolicy next) {
    List<Step> all = new ArrayList<>(steps);
    all.addAll(next.steps);
    return new RetryPolicy(all);
  }

  /**
   * How long to wait before the next attempt.
   *
   * @param failures so far, one at least
   * @return empty: there is no other attempt
   */
  Optional<Duration> wait(int failures) {
    int left = failures - 1;
    for (Step step : steps) {
      if (step instanceof Immediate immediate) {
        if (left < immediate.times()) {
          return Optional.of(Duration.ZERO);
        }
        left -= immediate.times();
      } else if (step instanceof Delayed delayed) {
        if (left < delayed.times()) {
          return Optional.of(delayed.wait(left));
        }
        left -= delayed.times();
      }
    }
    return Optional.empty();
  }

  /** Where an event goes that is not tried again. */
  Optional<DeadLetter> deadLetters() {
    return steps.stream()
        .filter(DeadLetter.class::isInstance)
        .map(DeadLetter.class::cast)
        .findFirst();
  }

  private static void requireTimes(int times) {
    if (times < 1) {
      throw new IllegalArgumentException(
          "an event is tried again once or more often, not " + times);
    }
  }
}
