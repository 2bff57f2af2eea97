// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.cli.TopicReader.Bounds;
import io.twinlog.schemas.Ledger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The windows of one job and topic, added up. Those that are no longer kept do not count. */
final class LedgerSum {
  private final String job;
  private final String topic;
  private final TreeMap<Integer, Long> readTo = new TreeMap<>();
  private int windows;
  private long read;
  private long ticks;
  private long repeats;
  private long applied;
  private long refused;
  private long duplicate;
  private long deadLettered;
  private long parked;
  private long discarded;
  private long residue;

  LedgerSum(String job, String topic) {
    this.job = job;
    this.topic = topic;
  }

  void add(Ledger told) {
    windows++;
    readTo.merge(told.getPartition(), told.getReadTo(), Math::max);
    read += told.getRead();
    ticks += told.getTicks();
    repeats += told.getRepeats();
    applied += told.getApplied();
    refused += told.getRefused();
    duplicate += told.getDuplicate();
    deadLettered += told.getDeadLettered();
    parked += told.getParked();
    discarded += told.getDiscarded();
    residue += told.getResidue();
  }

  /** As on the broker. */
  String topic() {
    return topic;
  }

  /**
   * Offsets that the topic holds behind what was counted, ticks included; of a partition of which
   * nothing was counted all that it holds. Empty: the topic is not there.
   */
  OptionalLong notCounted(Map<TopicPartition, Bounds> bounds) {
    long sum = 0;
    boolean found = false;
    for (Map.Entry<TopicPartition, Bounds> entry : bounds.entrySet()) {
      if (entry.getKey().topic().equals(topic)) {
        found = true;
        long from = readTo.getOrDefault(entry.getKey().partition(), entry.getValue().beginning());
        sum += Math.max(0, entry.getValue().end() - from);
      }
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  List<String> row(String prefix, Map<TopicPartition, Bounds> bounds) {
    OptionalLong notCounted = notCounted(bounds);
    return List.of(
        job,
        Letter.withoutPrefix(topic, prefix),
        Integer.toString(readTo.size()),
        Integer.toString(windows),
        Long.toString(read),
        Long.toString(ticks),
        Long.toString(repeats),
        Long.toString(applied),
        Long.toString(refused),
        Long.toString(duplicate),
        Long.toString(deadLettered),
        Long.toString(parked),
        Long.toString(discarded),
        Long.toString(residue),
        notCounted.isPresent() ? Long.toString(notCounted.getAsLong()) : "-");
  }

  ObjectNode json(String prefix, Map<TopicPartition, Bounds> bounds) {
    OptionalLong notCounted = notCounted(bounds);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("job", job)
            .put("topic", Letter.withoutPrefix(topic, prefix))
            .put("partitions", readTo.size())
            .put("windows", windows)
            .put("read", read)
            .put("ticks", ticks)
            .put("repeats", repeats)
            .put("applied", applied)
            .put("refused", refused)
            .put("duplicate", duplicate)
            .put("dead_lettered", deadLettered)
            .put("parked", parked)
            .put("discarded", discarded)
            .put("residue", residue);
    if (notCounted.isPresent()) {
      json.put("not_counted_yet", notCounted.getAsLong());
    } else {
      json.putNull("not_counted_yet");
    }
    return json.put("kind", "sum");
  }
}
