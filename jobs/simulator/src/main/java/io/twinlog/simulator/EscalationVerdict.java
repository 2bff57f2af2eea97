// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.AlertState;
import io.twinlog.simulator.Folded.Output;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.AlertReexecution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges what the escalation job of a simulation has written: it is what an {@link Undisturbed} one
 * writes; the log of each alert is what its causes and the rules come to, as {@code explain
 * --reexecute} derives it; what is shown last is what the log says.
 */
final class EscalationVerdict {
  private static final String WRITER = "escalation";

  private final SingleObject singleObject = new SingleObject();
  private final List<String> problems = new ArrayList<>();

  private EscalationVerdict() {}

  /**
   * What is wrong; empty: nothing.
   *
   * @param reached clock that all source partitions have passed; stages have seen all before it
   */
  static List<String> problems(SimulatedBroker broker, Setting setting, long reached)
      throws Exception {
    EscalationVerdict verdict = new EscalationVerdict();
    Folded found = Folded.of(broker, WRITER);
    EscalationSetting escalation = setting.escalation();
    verdict.problems.addAll(
        Undisturbed.problems(
            broker,
            found,
            WRITER,
            quiet ->
                SimulatedOperators.ofEscalationJob(
                    setting.withoutCache(), escalation, quiet.directory()),
            Defect.NONE.inAnyRun()));
    Map<String, List<AlertLog>> logs = verdict.logs(found);
    logs.forEach((key, log) -> verdict.judgeLog(broker, escalation, key, log));
    verdict.judgeShown(found, logs, reached);
    return verdict.problems;
  }

  /** By source and code, in the order of what caused it: the clock is that of its cause. */
  private Map<String, List<AlertLog>> logs(Folded found) {
    Map<String, List<AlertLog>> logs = new TreeMap<>();
    found.outputs().stream()
        .filter(output -> output.topic() == Topic.ALERT_LOG)
        .sorted(
            Comparator.<Output>comparingLong(output -> output.origin().offset())
                .thenComparingInt(output -> output.origin().index()))
        .map(output -> singleObject.decode(output.entry().value(), AlertLog.class))
        .forEach(log -> logs.computeIfAbsent(keyOf(log), k -> new ArrayList<>()).add(log));
    return logs;
  }

  private static String keyOf(AlertLog log) {
    return log.getEventId().substring(0, log.getEventId().indexOf('/'));
  }

  private void judgeLog(
      SimulatedBroker broker, EscalationSetting setting, String key, List<AlertLog> found) {
    List<List<LogEntry>> inbox = broker.log(Topic.EVENTS_ERROR);
    AlertReexecution reexecution =
        new AlertReexecution(
            key, version -> setting.escalation(), setting.rules(), EscalationSetting.DEDUPE_IDS);
    int partition = Partitions.of(key.getBytes(StandardCharsets.UTF_8), inbox.size());
    for (LogEntry entry : inbox.get(partition)) {
      reexecution.read(entry.key(), entry.value(), entry.headers());
    }
    List<AlertLog> derived = reexecution.end();
    for (int i = 0; i < Math.max(derived.size(), found.size()); i++) {
      AlertLog wanted = i < derived.size() ? derived.get(i) : null;
      AlertLog got = i < found.size() ? found.get(i) : null;
      if (wanted == null || !wanted.equals(got)) {
        problems.add(
            "%s, event %d of %d:%n    derived: %s%n    the log: %s"
                .formatted(key, i + 1, found.size(), wanted, got));
        return;
      }
    }
  }

  /** The newest projection of an alert, and whether there is one, follows from its log. */
  private void judgeShown(Folded found, Map<String, List<AlertLog>> logs, long reached) {
    Map<String, AlertState> shown = new TreeMap<>();
    for (Output output : found.outputs()) {
      if (output.topic() == Topic.ALERT_STATE) {
        byte[] value = output.entry().value();
        if (value == null) {
          shown.remove(output.entry().keyText());
        } else {
          shown.put(output.entry().keyText(), singleObject.decode(value, AlertState.class));
        }
      }
    }
    for (List<AlertLog> log : logs.values()) {
      AlertLog last = log.get(log.size() - 1);
      if (last.getClock() < reached) {
        judgeShown(last, shown);
      }
    }
  }

  private void judgeShown(AlertLog last, Map<String, AlertState> shown) {
    AlertState state = shown.get(last.getAlertId());
    boolean hidden =
        List.of("AlertForgotten", "AlertAwaited", "AlertAverted").contains(last.getEvent());
    boolean right =
        hidden ? state == null : state != null && state.getVersion() == last.getVersion();
    if (!right) {
      problems.add(last.getAlertId() + " ends with " + last + ", and is shown as " + state);
    }
  }
}
