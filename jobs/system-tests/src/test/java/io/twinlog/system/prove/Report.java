// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** What a proof tells: lines while it goes on, and a table of figures at its end. */
final class Report {
  private final Instant start = Instant.now();
  private final Map<String, String> figures = new LinkedHashMap<>();

  void say(String line, Object... values) {
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
    System.out.printf("%7.1f s  %s%n", seconds, line.formatted(values));
  }

  /** Keeps a figure for the table, and says it. */
  void figure(String name, String value) {
    figures.put(name, value);
    say("%s: %s", name, value);
  }

  void figure(String name, Duration value) {
    figure(name, "%.1f s".formatted(value.toMillis() / 1e3));
  }

  /** Lets real time pass while the parts go on. */
  void letPass(Duration time, String meanwhile) {
    say("%s for %d s", meanwhile, time.toSeconds());
    Awaitility.await(meanwhile).pollDelay(time).atMost(time.plusSeconds(60)).until(() -> true);
  }

  void printTable() {
    System.out.println();
    System.out.println("| figure | value |");
    System.out.println("|---|---|");
    figures.forEach((name, value) -> System.out.printf("| %s | %s |%n", name, value));
    System.out.printf("| in all | %d s |%n%n", Duration.between(start, Instant.now()).toSeconds());
  }
}
