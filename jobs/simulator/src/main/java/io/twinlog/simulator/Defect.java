// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.InboxRecord;
import io.twinlog.schemas.Command;
import io.twinlog.wire.SingleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What can be planted to see that a simulation notices it. Every seventh command is hit. */
enum Defect {
  NONE,
  /** Records are lost between reader and aggregate. */
  LOST,
  /** Commands are applied once more, under another id: what a broken deduplication does. */
  TWICE,
  /** Two records of one key change places. */
  SWAPPED,
  /**
   * The router's producer gives batches up and writes the next ones, as one with a delivery timeout
   * does.
   */
  BATCH_LOST,
  /** What the cache holds is not written back before a barrier. */
  CACHE_LOST;

  private static final int EVERY = 7;

  /** What it makes of the records that a reader hands on. */
  UnaryOperator<List<InboxRecord>> planted() {
    return switch (this) {
      case NONE, BATCH_LOST, CACHE_LOST -> records -> records;
      case LOST -> Defect::withoutSome;
      case TWICE -> Defect::withSomeTwice;
      case SWAPPED -> new Swapping();
    };
  }

  private static boolean isHit(InboxRecord record) {
    return record.type().indexOf('.') < 0 && record.place().offset() % EVERY == 0;
  }

  private static List<InboxRecord> withoutSome(List<InboxRecord> records) {
    return records.stream().filter(record -> !isHit(record)).toList();
  }

  private static List<InboxRecord> withSomeTwice(List<InboxRecord> records) {
    List<InboxRecord> result = new ArrayList<>(records);
    records.stream().filter(Defect::isHit).map(Defect::again).forEach(result::add);
    return result;
  }

  private static InboxRecord again(InboxRecord record) {
    SingleObject singleObject = new SingleObject();
    Command command = singleObject.decode(record.value(), Command.class);
    command.setId(command.getId() + "-again");
    return withValue(record, singleObject.encode(command));
  }

  private static InboxRecord withValue(InboxRecord record, byte[] value) {
    return new InboxRecord(
        record.key(),
        value,
        record.type(),
        record.place(),
        record.source(),
        record.clock(),
        record.rules(),
        record.flags(),
        record.traceparent(),
        record.redrive(),
        record.failed(),
        record.frontier(),
        record.fault());
  }

  /** Holds a record back until the next one of its key has passed. */
  private static final class Swapping implements UnaryOperator<List<InboxRecord>> {
    private final Map<String, InboxRecord> held = new TreeMap<>();

    @Override
    public List<InboxRecord> apply(List<InboxRecord> records) {
      List<InboxRecord> result = new ArrayList<>();
      for (InboxRecord record : records) {
        if (isHit(record) && !held.containsKey(record.key())) {
          held.put(record.key(), record);
          continue;
        }
        result.add(record);
        InboxRecord before = held.remove(record.key());
        if (before != null) {
          result.add(before);
        }
      }
      return result;
    }
  }
}
