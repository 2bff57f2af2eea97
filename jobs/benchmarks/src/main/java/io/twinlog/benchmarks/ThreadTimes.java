// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU of each thread of this process, Java's and others', as Linux counts it. Where there is no
 * Linux there is nothing.
 */
final class ThreadTimes {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** Of the fields behind the name. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  /** Linux tells in these, whatever it counts in. */
  private static final double TICKS_PER_SECOND = 100;

  private ThreadTimes() {}

  /** Seconds by {@code id name}. */
  static Map<String, Double> read() throws IOException {
    Map<String, Double> seconds = new HashMap<>();
    if (!Files.isDirectory(TASKS)) {
      return seconds;
    }
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        try {
          String stat = Files.readString(task.resolve("stat"));
          // A name may hold anything, a bracket too.
          int nameEnd = stat.lastIndexOf(')');
          String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
          String[] fields = stat.substring(nameEnd + 2).split(" ");
          long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
          seconds.put(task.getFileName() + " " + name, ticks / TICKS_PER_SECOND);
        } catch (NoSuchFileException ended) {
          // It ended between the listing and now: there is nothing to tell of it.
        }
      }
    }
    return seconds;
  }

  /** What came to it between two readings; threads that ended meanwhile are left out. */
  static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> spent = new HashMap<>();
    after.forEach((thread, now) -> spent.put(thread, now - before.getOrDefault(thread, 0.0)));
    spent.values().removeIf(seconds -> seconds <= 0);
    return spent;
  }

  /** The same by kind: threads of a kind differ in numbers alone. */
  static Map<String, Double> byKind(Map<String, Double> seconds) {
    Map<String, Double> kinds = new TreeMap<>();
    seconds.forEach((thread, spent) -> kinds.merge(kind(thread), spent, Double::sum));
    return kinds;
  }

  private static String kind(String thread) {
    return thread.substring(thread.indexOf(' ') + 1).replaceAll("[#-]?\\d+$", "").strip();
  }
}
