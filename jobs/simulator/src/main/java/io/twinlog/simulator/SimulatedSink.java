// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.OutputRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The producer of one subtask: what was sent is in the log later, in order inside each partition,
 * and in any order between them.
 */
final class SimulatedSink {
  private final SimulatedBroker broker;
  private final Map<String, Deque<OutputRecord>> unsent = new TreeMap<>();

  SimulatedSink(SimulatedBroker broker) {
    this.broker = broker;
  }

  void add(OutputRecord record) {
    unsent
        .computeIfAbsent(record.topic() + '/' + record.partition(), p -> new ArrayDeque<>())
        .add(record);
  }

  boolean isEmpty() {
    return unsent.isEmpty();
  }

  /** Some records of one partition arrive. */
  void deliverSome(Dice dice) {
    if (!unsent.isEmpty()) {
      String partition = dice.one(List.copyOf(unsent.keySet()));
      deliver(partition, dice.between(1, unsent.get(partition).size()));
    }
  }

  /** Everything arrives: what a checkpoint waits for. */
  void flush() {
    for (String partition : List.copyOf(unsent.keySet())) {
      deliver(partition, unsent.get(partition).size());
    }
  }

  private void deliver(String partition, int count) {
    Deque<OutputRecord> records = unsent.get(partition);
    for (int i = 0; i < count; i++) {
      broker.append(records.poll());
    }
    if (records.isEmpty()) {
      unsent.remove(partition);
    }
  }

  /**
   * A batch is given up and the next one arrives: what a producer does whose delivery times out.
   *
   * @return whether there was a batch to lose, and one behind it
   */
  boolean loseOneBatch(Dice dice) {
    List<String> candidates = new ArrayList<>();
    unsent.forEach(
        (partition, records) -> {
          if (records.size() > 1) {
            candidates.add(partition);
          }
        });
    if (candidates.isEmpty()) {
      return false;
    }
    String partition = dice.one(candidates);
    Deque<OutputRecord> records = unsent.get(partition);
    for (int lost = dice.between(1, records.size() - 1); lost > 0; lost--) {
      records.poll();
    }
    deliver(partition, records.size());
    return true;
  }
}
