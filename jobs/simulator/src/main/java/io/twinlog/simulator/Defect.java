// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What can be planted to see that a simulation notices it. Of what it concerns every seventh record
 * is hit.
 */
enum Defect {
  NONE,
  /** Commands are lost between reader and aggregate of the device job. */
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
  /** What the cache of the device job holds is not written back before a barrier. */
  CACHE_LOST,
  /** Measurements are lost between reader and aggregate of the telemetry job. */
  MEASUREMENT_LOST,
  /** What the cache of the telemetry job holds is not written back before a barrier. */
  TELEMETRY_CACHE_LOST,
  /** What instances say of their health is lost between reader and aggregate of the service job. */
  HEALTH_LOST,
  /** Errors are lost between reader and aggregate of the escalation job. */
  ERROR_LOST,
  /** Of what mutes alerts only one subtask hears. */
  MUTES_TOLD_TO_ONE,
  /** Each window has one value more than there is: in the undisturbed run, too. */
  MISCOUNTED;

  private static final int EVERY = 7;

  private static final Planted SOUND = handing(UnaryOperator.identity());

  private static final Planted CACHELESS =
      new Planted(UnaryOperator.identity(), UnaryOperator.identity(), false, true, false);

  /**
   * What a job does wrong.
   *
   * @param handing what it makes of the records that a reader hands on
   * @param writing what it makes of its outputs
   * @param cacheWrittenBack false: what the cache holds is lost at a barrier
   * @param stateOnHeap where nothing is lost; else in RocksDB, as jobs have it
   * @param toldToAll false: of what all subtasks of a stage should hear the first one hears alone
   */
  record Planted(
      UnaryOperator<List<InboxRecord>> handing,
      UnaryOperator<OutputRecord> writing,
      boolean cacheWrittenBack,
      boolean toldToAll,
      boolean stateOnHeap) {
    /** The same, in a run of which nothing is restored. */
    Planted onHeap() {
      return new Planted(handing, writing, cacheWrittenBack, toldToAll, true);
    }
  }

  private static Planted handing(UnaryOperator<List<InboxRecord>> handing) {
    return new Planted(handing, UnaryOperator.identity(), true, true, false);
  }

  /** In the device job. */
  Planted inDeviceJob() {
    return switch (this) {
      case LOST -> handing(records -> without(records, Defect::isHit));
      case TWICE -> handing(Defect::withSomeTwice);
      case SWAPPED -> handing(new Swapping());
      case CACHE_LOST -> CACHELESS;
      default -> SOUND;
    };
  }

  /** In the telemetry job to which all sorts of things happen. */
  Planted inTelemetryJob() {
    return switch (this) {
      case MEASUREMENT_LOST ->
          handing(records -> without(records, record -> isHit(record, "data.collected")));
      case TELEMETRY_CACHE_LOST -> CACHELESS;
      default -> inAnyRun();
    };
  }

  /** In the service job to which all sorts of things happen. */
  Planted inServiceJob() {
    return this == HEALTH_LOST
        ? handing(records -> without(records, record -> isHit(record, "health.check")))
        : SOUND;
  }

  /** In the escalation job to which all sorts of things happen. */
  Planted inEscalationJob() {
    return switch (this) {
      case ERROR_LOST -> handing(records -> without(records, r -> isHit(r, "system.error")));
      case MUTES_TOLD_TO_ONE ->
          new Planted(UnaryOperator.identity(), UnaryOperator.identity(), true, false, false);
      default -> SOUND;
    };
  }

  /** In every telemetry job. */
  Planted inAnyRun() {
    return this == MISCOUNTED
        ? new Planted(UnaryOperator.identity(), Defect::miscounted, true, true, false)
        : SOUND;
  }

  /** Whether it shows when the job is saved and restored often. */
  boolean showsInRestarts() {
    return this == CACHE_LOST || this == TELEMETRY_CACHE_LOST;
  }

  private static boolean isHit(InboxRecord record) {
    return record.type().indexOf('.') < 0 && record.place().offset() % EVERY == 0;
  }

  private static boolean isHit(InboxRecord record, String type) {
    return record.type().equals(type) && record.place().offset() % EVERY == 0;
  }

  private static List<InboxRecord> without(List<InboxRecord> records, Predicate<InboxRecord> lost) {
    return records.stream().filter(lost.negate()).toList();
  }

  private static OutputRecord miscounted(OutputRecord output) {
    if (!output.topic().equals(Topic.TELEMETRY_STATS.in(SimulatedBroker.PREFIX))) {
      return output;
    }
    SingleObject singleObject = new SingleObject();
    TelemetryStats statistics = singleObject.decode(output.value(), TelemetryStats.class);
    statistics.setCount(statistics.getCount() + 1);
    return new OutputRecord(
        output.topic(),
        output.partition(),
        output.key(),
        singleObject.encode(statistics),
        output.headers());
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
