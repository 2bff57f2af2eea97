// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.simulator.Folded.Output;
import io.twinlog.wire.HeaderNames;
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
 * A job to which nothing happens, with one subtask and without a cache, over the same inbox: what a
 * job writes to which all sorts of things happen is byte for byte the same, repeats folded.
 */
final class Undisturbed {
  private final RecordJson shown = new RecordJson();
  private final List<String> problems = new ArrayList<>();

  /** New operators over the topics of a broker. */
  interface Operators {
    SimulatedOperators over(SimulatedBroker broker);
  }

  /**
   * What differs; empty: nothing.
   *
   * @param found what the job has written
   * @param writer with which its origins begin
   */
  static List<String> problems(
      SimulatedBroker broker,
      Folded found,
      String writer,
      Operators operators,
      Defect.Planted planted)
      throws Exception {
    Undisturbed undisturbed = new Undisturbed();
    undisturbed.problems.addAll(found.contradictions());
    Folded quiet = Folded.of(run(broker, operators, planted), writer);
    undisturbed.compare(byKey(quiet), byKey(found));
    return undisturbed.problems;
  }

  private static SimulatedBroker run(
      SimulatedBroker broker, Operators operators, Defect.Planted planted) throws Exception {
    SimulatedBroker quiet = new SimulatedBroker(topic -> broker.log(topic).size());
    SimulatedOperators job = operators.over(quiet);
    Topic inbox = job.inbox().topic();
    for (int q = 0; q < broker.log(inbox).size(); q++) {
      for (LogEntry entry : broker.log(inbox).get(q)) {
        quiet.append(inbox, q, entry.key(), entry.value(), entry.headers());
      }
    }
    Dice dice = new Dice(0);
    try (SimulatedJob run = new SimulatedJob(quiet, job, 1, planted.onHeap())) {
      run.finish(dice);
      run.end(dice);
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
}
