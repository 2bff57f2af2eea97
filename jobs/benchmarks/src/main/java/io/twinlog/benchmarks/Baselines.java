// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What identity needs on each machine, in CPU-seconds per million events. A ratio to an identity
 * that needs more than that would flatter, whatever made it slow.
 *
 * @param machines by {@link Machine#key()}, then by the name of the case
 */
record Baselines(Map<String, Map<String, Double>> machines) {
  /** Identity may need this much more than what is recorded. */
  static final double TOLERANCE = 1.25;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** Those in a file; none when there is no file. */
  static Baselines read(Path file) throws IOException {
    return new Baselines(
        Files.exists(file)
            ? JSON.readValue(
                file.toFile(), new TypeReference<TreeMap<String, Map<String, Double>>>() {})
            : new TreeMap<>());
  }

  /** Whether there is something to hold each of these against, and any at all. */
  boolean knows(Machine machine, Set<String> measured) {
    return !measured.isEmpty()
        && machines.getOrDefault(machine.key(), Map.of()).keySet().containsAll(measured);
  }

  /** Which identities were too slow, a sentence each; empty: none of those that are recorded. */
  List<String> complaints(Machine machine, Map<String, Double> measured) {
    Map<String, Double> recorded = machines.getOrDefault(machine.key(), Map.of());
    List<String> complaints = new ArrayList<>();
    measured.forEach(
        (name, now) -> {
          Double then = recorded.get(name);
          if (then != null && now > then * TOLERANCE) {
            complaints.add(
                ("%s needs %.2f CPU-s per million events, and %.2f are recorded for %s: more than %.2f times"
                        + " as much. Ratios to it would flatter")
                    .formatted(name, now, then, machine.key(), TOLERANCE));
          }
        });
    return complaints;
  }

  /** With these in the place of what was recorded for the same cases. */
  Baselines with(Machine machine, Map<String, Double> measured) {
    Map<String, Map<String, Double>> all = new TreeMap<>(machines);
    Map<String, Double> own = new TreeMap<>(all.getOrDefault(machine.key(), Map.of()));
    own.putAll(measured);
    all.put(machine.key(), own);
    return new Baselines(all);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JSON.writeValueAsString(machines) + "\n");
  }
}
