// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.flink.StampReader.Stamp;
import io.twinlog.schemas.InboxMark;
import io.twinlog.schemas.InboxMarks;
import io.twinlog.schemas.InboxTick;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Stands behind the source of a stateful job: drops what a router wrote again after a crash, takes
 * the ticks out, and stamps each record with its time and the frontier of its inbox partition. It
 * counts for the ledger what it reads, and judges no content.
 *
 * <p>Its marks are union list state: every subtask writes all that it knows, and a restore merges
 * by the highest, as nobody can say which subtask will read which partition. A stale copy is never
 * higher than its owner's, so the merge is exact.
 */
public final class InboxReader extends AbstractStreamOperator<InboxRecord>
    implements OneInputStreamOperator<SourceRecord, InboxRecord> {

  private final TopicDirectory.Entry inbox;
  private final boolean shared;

  /** As it is kept where no tick was seen. */
  private static final LogClock UNSEEN = new LogClock(0, -1, 0);

  private transient Map<Integer, Marks> marks;
  private transient SingleObject singleObject;
  private transient KnownTexts texts;
  private transient StampReader stamps;
  private transient ListState<byte[]> state;
  private transient StreamRecord<InboxRecord> reused;
  private transient Counter repeats;
  private transient LedgerBook book;

  /** What is known of one inbox partition. */
  private static final class Marks {
    final Frontier frontier = new Frontier();
    final Map<String, Mark> highest = new HashMap<>();
  }

  /** The newest record of one source partition. */
  private record Mark(int epoch, long offset, int index) {
    static final Comparator<Mark> ORDER =
        Comparator.comparingInt(Mark::epoch)
            .thenComparingLong(Mark::offset)
            .thenComparingInt(Mark::index);
  }

  /** Of an inbox that the router alone writes to. */
  public InboxReader(TopicDirectory.Entry inbox) {
    this(inbox, false);
  }

  /**
   * The same.
   *
   * @param shared whether other jobs write to it too. A record's clock is then the frontier at its
   *     place, whoever wrote it: what another job has told late must not be earlier than what was
   *     read before it
   */
  public InboxReader(TopicDirectory.Entry inbox, boolean shared) {
    this.inbox = inbox;
    this.shared = shared;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    marks = new TreeMap<>();
    singleObject = new SingleObject();
    texts = new KnownTexts();
    stamps = new StampReader(texts);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("marks", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] bytes : state.get()) {
      restore(singleObject.decode(bytes, InboxMarks.class));
    }
  }

  private void restore(InboxMarks restored) {
    requireSameInbox(restored.getInboxTopicId());
    long newest = restored.getMarks().stream().mapToLong(InboxMark::getClock).max().orElse(-1);
    for (InboxMark mark : restored.getMarks()) {
      Marks known = marksOf(mark.getInboxPartition());
      String source = Frontier.source(mark.getTopicId(), mark.getPartition());
      known.frontier.restore(restored.getSources(), newest);
      if (mark.getClock() >= 0) {
        known.frontier.passed(
            source, new LogClock(mark.getClockEpoch(), mark.getClock(), mark.getWall()));
      }
      if (mark.getOffset() >= 0) {
        Mark candidate = new Mark(mark.getEpoch(), mark.getOffset(), mark.getIndex());
        known.highest.merge(source, candidate, (a, b) -> Mark.ORDER.compare(a, b) >= 0 ? a : b);
      }
    }
  }

  /** Its offsets and its partitions are what all state of the job was made of. */
  private void requireSameInbox(String restoredId) {
    // Release 0.1.0 did not keep it.
    if (!restoredId.isEmpty() && !restoredId.equals(inbox.id())) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "%s was replaced: the saved state is of the topic id %s, and it has %s. State and inbox belong together: bring the old inbox back, or start the job without its saved state"
                  .formatted(inbox.name(), restoredId, inbox.id())));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    reused = new StreamRecord<>(null);
    book = new LedgerBook();
    repeats = getMetricGroup().counter("twinlog_repeats_dropped");
  }

  @Override
  public void processElement(StreamRecord<SourceRecord> element) {
    SourceRecord record = element.getValue();
    Marks known = marksOf(record.partition());
    if (record.isTick()) {
      tick(known, record);
      return;
    }
    Stamp stamp;
    try {
      stamp = stamps.read(record);
    } catch (IllegalArgumentException e) {
      foreign(record, e.getMessage());
      return;
    }
    if (!stamp.routed()) {
      told(record, stamp, known.frontier);
      return;
    }
    Mark mark = new Mark(stamp.clock().epoch(), stamp.offset(), stamp.index());
    Mark highest = known.highest.get(stamp.source());
    if (highest != null && Mark.ORDER.compare(mark, highest) <= 0) {
      repeats.inc();
      book.repeat(record.topic(), record.partition(), record.offset());
      return;
    }
    known.highest.put(stamp.source(), mark);
    known.frontier.passed(stamp.source(), stamp.clock());
    long frontier = known.frontier.value();
    LogClock clock = shared ? known.frontier.or(stamp.clock()) : notBefore(frontier, stamp.clock());
    emit(record, stamped(record, stamp, clock, frontier));
  }

  /**
   * Of another job, behind a shuffle: the order of its origins is that of each of its keys alone,
   * so that only who knows the key can tell a repeat.
   */
  private void told(SourceRecord record, Stamp stamp, Frontier frontier) {
    if (!shared) {
      foreign(record, "tl-origin says that another job wrote it");
      return;
    }
    InboxRecord stamped = stamped(record, stamp, frontier.or(stamp.clock()), frontier.value());
    byte[] version = record.header(HeaderNames.VERSION);
    try {
      emit(record, version == null ? stamped : stamped.versioned(writer(stamp), version));
    } catch (IllegalArgumentException e) {
      foreign(record, e.getMessage());
    }
  }

  private static String writer(Stamp stamp) {
    return stamp.source().substring(0, stamp.source().indexOf('/'));
  }

  /**
   * A source partition that was added has records before its first tick, of which no router can
   * tell the time. They are no earlier than the frontier: all else of the job has passed it.
   */
  private static LogClock notBefore(long frontier, LogClock clock) {
    return clock.clock() >= frontier ? clock : new LogClock(clock.epoch(), frontier, clock.wall());
  }

  private void tick(Marks known, SourceRecord record) {
    InboxTick tick;
    try {
      tick = FrontierWatermarks.tickOf(record, singleObject);
    } catch (UnreadableException e) {
      foreign(record, e.getMessage());
      return;
    }
    book.tick(record.topic(), record.partition(), record.offset());
    known.frontier.tick(tick);
  }

  private void emit(SourceRecord read, InboxRecord record) {
    book.read(read.topic(), read.partition(), read.offset());
    output.collect(reused.replace(record));
  }

  private InboxRecord stamped(SourceRecord record, Stamp stamp, LogClock clock, long frontier) {
    byte[] traceparent = record.header(HeaderNames.TRACEPARENT);
    byte[] failed = record.header(HeaderNames.FAILED);
    return new InboxRecord(
        new String(record.key(), StandardCharsets.UTF_8),
        record.value(),
        text(record, HeaderNames.TYPE),
        new InboxRecord.Place(record.partition(), record.offset()),
        stamp.source(),
        clock,
        stamp.rules(),
        text(record, HeaderNames.FLAGS),
        traceparent == null ? null : new String(traceparent, StandardCharsets.UTF_8),
        text(record, HeaderNames.REDRIVE),
        failed == null ? "" : new String(failed, StandardCharsets.UTF_8),
        frontier,
        "",
        stamp.routed() ? null : new InboxRecord.Upstream(stamp.offset(), stamp.index()));
  }

  private void foreign(SourceRecord record, String why) {
    byte[] key = record.key();
    emit(
        record,
        new InboxRecord(
            key == null ? "" : new String(key, StandardCharsets.UTF_8),
            record.value(),
            text(record, HeaderNames.TYPE),
            new InboxRecord.Place(record.partition(), record.offset()),
            "",
            LogClock.UNKNOWN,
            0,
            "",
            null,
            "",
            "",
            Frontier.NONE,
            "an inbox takes records of the router only: " + why));
  }

  /** Of a header that has few values. */
  private String text(SourceRecord record, String header) {
    byte[] value = record.header(header);
    return value == null ? "" : texts.of(value, 0, value.length);
  }

  private Marks marksOf(int partition) {
    return marks.computeIfAbsent(partition, p -> new Marks());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    book.handOn(tally -> output.collect(LedgerTally.TALLIES, new StreamRecord<>(tally)));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.clear();
    List<byte[]> entries = new ArrayList<>();
    for (Map.Entry<Integer, Marks> entry : marks.entrySet()) {
      entries.add(singleObject.encode(snapshot(entry.getKey(), entry.getValue(), inbox.id())));
    }
    state.addAll(entries);
  }

  private static InboxMarks snapshot(int inboxPartition, Marks known, String inboxId) {
    TreeMap<String, InboxMark> result = new TreeMap<>();
    known
        .frontier
        .sources()
        .forEach(
            topic -> {
              for (int partition = 0; partition < topic.getPartitions(); partition++) {
                String source = Frontier.source(topic.getTopicId(), partition);
                result.put(source, mark(inboxPartition, source, known));
              }
            });
    known
        .highest
        .keySet()
        .forEach(source -> result.put(source, mark(inboxPartition, source, known)));
    return new InboxMarks(new ArrayList<>(result.values()), known.frontier.sources(), inboxId);
  }

  private static InboxMark mark(int inboxPartition, String source, Marks known) {
    int slash = source.lastIndexOf('/');
    Mark highest = known.highest.getOrDefault(source, new Mark(0, -1, 0));
    LogClock seen = known.frontier.clockOf(source);
    LogClock clock = seen == null ? UNSEEN : seen;
    return new InboxMark(
        inboxPartition,
        source.substring(0, slash),
        Integer.parseInt(source.substring(slash + 1)),
        highest.epoch(),
        highest.offset(),
        highest.index(),
        clock.clock(),
        clock.epoch(),
        clock.wall());
  }
}
