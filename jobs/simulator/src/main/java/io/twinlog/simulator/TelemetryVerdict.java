// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.simulator.Folded.Output;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges what the telemetry job of a simulation has written: it is what an {@link Undisturbed} one
 * writes, and the statistics are those of a batch.
 */
final class TelemetryVerdict {
  private static final String WRITER = "telemetry";

  private final SingleObject singleObject = new SingleObject();
  private final List<String> problems = new ArrayList<>();

  /** What is wrong; empty: nothing. */
  static List<String> problems(SimulatedBroker broker, Setting setting, Defect defect)
      throws Exception {
    TelemetryVerdict verdict = new TelemetryVerdict();
    Folded found = Folded.of(broker, WRITER);
    verdict.problems.addAll(
        Undisturbed.problems(
            broker,
            found,
            WRITER,
            quiet ->
                SimulatedOperators.ofTelemetryJob(
                    setting.withoutCache(), setting.telemetry(), quiet.directory()),
            defect.inAnyRun()));
    verdict.judgeStatistics(found);
    return verdict.problems;
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
