// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.simulator.Folded.Output;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.json.RecordJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges what the telemetry job of a simulation has written: repeats folded, it is byte for byte
 * what a job writes over the same inbox to which nothing happens, with one subtask and without a
 * cache; and the statistics are those of a batch.
 */
final class TelemetryVerdict {
  private static final String WRITER = "telemetry";

  private final RecordJson shown = new RecordJson();
  private final SingleObject singleObject = new SingleObject();
  private final List<String> problems = new ArrayList<>();

  /** What is wrong; empty: nothing. */
  static List<String> problems(SimulatedBroker broker, Setting setting, Defect defect)
      throws Exception {
    TelemetryVerdict verdict = new TelemetryVerdict();
    Folded found = Folded.of(broker, WRITER);
    verdict.problems.addAll(found.contradictions());
    Folded quiet = Folded.of(quietRun(broker, setting, defect), WRITER);
    verdict.compare(byKey(quiet), byKey(found));
    verdict.judgeStatistics(found);
    return verdict.problems;
  }

  /** The same inbox, and no trouble. */
  private static SimulatedBroker quietRun(SimulatedBroker broker, Setting setting, Defect defect)
      throws Exception {
    SimulatedBroker quiet = new SimulatedBroker(setting::partitions);
    for (int q = 0; q < setting.inbox(); q++) {
      for (LogEntry entry : broker.log(Topic.EVENTS_DOMAIN).get(q)) {
        quiet.append(Topic.EVENTS_DOMAIN, q, entry.key(), entry.value(), entry.headers());
      }
    }
    Dice dice = new Dice(0);
    SimulatedOperators operators =
        SimulatedOperators.ofTelemetryJob(
            setting.withoutCache(), setting.telemetry(), quiet.directory());
    try (SimulatedJob job = new SimulatedJob(quiet, operators, 1, defect.inAnyRun())) {
      job.finish(dice);
      job.end(dice);
    }
    return quiet;
  }

  private static Map<String, List<Output>> byKey(Folded folded) {
    Map<String, List<Output>> byKey = new TreeMap<>();
    for (Output output : folded.outputs()) {
      byKey
          .computeIfAbsent(
              output.topic().text() + ' ' + output.entry().keyText(), k -> new ArrayList<>())
          .add(output);
    }
    return byKey;
  }

  private void compare(Map<String, List<Output>> expected, Map<String, List<Output>> found) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      compare(key, expected.getOrDefault(key, List.of()), found.getOrDefault(key, List.of()));
    }
  }

  private void compare(String key, List<Output> expected, List<Output> found) {
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      Output wanted = i < expected.size() ? expected.get(i) : null;
      Output got = i < found.size() ? found.get(i) : null;
      if (wanted == null || got == null || !same(wanted, got)) {
        problems.add(
            "%s, output %d of %d:%n    undisturbed: %s%n    the job:     %s"
                .formatted(key, i + 1, found.size(), text(wanted), text(got)));
        return;
      }
    }
  }

  private static boolean same(Output one, Output other) {
    return one.origin().equals(other.origin())
        && Arrays.equals(one.entry().value(), other.entry().value())
        && one.entry().header(HeaderNames.CLOCK).equals(other.entry().header(HeaderNames.CLOCK));
  }

  private String text(Output output) {
    return output == null
        ? "nothing"
        : output.origin()
            + " at "
            + output.entry().header(HeaderNames.CLOCK).orElse("")
            + ": "
            + shown.value(output.entry().value());
  }

  private void judgeStatistics(Folded found) {
    OracleStatistics oracle = new OracleStatistics();
    Map<String, TelemetryStats> newest = new TreeMap<>();
    TreeSet<String> forgotten = new TreeSet<>();
    for (Output output : found.outputs()) {
      LogEntry entry = output.entry();
      if (output.topic() == Topic.TELEMETRY_RECORDS) {
        TelemetryRecord record = singleObject.decode(entry.value(), TelemetryRecord.class);
        if (record.getRevision() == 1) {
          oracle.add(record);
        }
      } else if (output.topic() == Topic.TELEMETRY_STATS) {
        newest.put(entry.keyText(), singleObject.decode(entry.value(), TelemetryStats.class));
      } else if (output.topic() == Topic.TELEMETRY_LATEST && entry.value() == null) {
        forgotten.add(entry.keyText());
      }
    }
    problems.addAll(oracle.problems(newest, forgotten));
  }
}
