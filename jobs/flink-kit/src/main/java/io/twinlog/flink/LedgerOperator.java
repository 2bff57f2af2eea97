// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.schemas.Ledger;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The ledger of a job: sums up, by window of offsets, what its reader read and what its keyed
 * operators made of it, and writes the sums at each checkpoint. Before a barrier all operators have
 * handed on what they counted before it: so what is missing then was lost, or, where the barrier
 * overtook records, comes before the next one.
 *
 * <p>It speaks of the run, not of the log: two runs over one log have checkpoints at other places.
 *
 * <p>State, per window: {@code sums}, until the window is complete and without residue.
 */
public final class LedgerOperator extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<LedgerTally, OutputRecord> {
  /** Complete windows of a partition that stay in the topic. */
  static final int WINDOWS_KEPT = 100;

  private static final long serialVersionUID = 1;
  private static final String STATE = "sums";

  private final String job;
  private final TopicDirectory topics;

  private transient ValueState<byte[]> sums;
  private transient SingleObject singleObject;
  private transient Outputs outputs;
  private transient Set<String> open;
  private transient Set<String> moved;
  private transient long residue;

  public LedgerOperator(String job, TopicDirectory topics) {
    this.job = job;
    this.topics = topics;
  }

  @Override
  public void open() throws Exception {
    super.open();
    singleObject = new SingleObject();
    sums =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(STATE, BytePrimitiveArraySerializer.INSTANCE));
    StreamRecord<OutputRecord> reused = new StreamRecord<>(null);
    outputs =
        new Outputs(job + "-ledger", topics, record -> output.collect(reused.replace(record)));
    open = new TreeSet<>();
    moved = new TreeSet<>();
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(STATE, VoidNamespace.INSTANCE)) {
      keys.forEach(open::add);
    }
    getMetricGroup().gauge("twinlog_ledger_residue", () -> residue);
  }

  @Override
  public void processElement(StreamRecord<LedgerTally> element) throws Exception {
    LedgerTally tally = element.getValue();
    byte[] before = sums.value();
    if (before == null && Arrays.stream(tally.counts()).sum() == 0) {
      // It says that a window is over which is done with.
      return;
    }
    Ledger ledger = before == null ? empty(tally) : singleObject.decode(before, Ledger.class);
    add(ledger, tally.counts());
    ledger.setReadTo(Math.max(ledger.getReadTo(), tally.readTo()));
    sums.update(singleObject.encode(ledger));
    open.add(tally.key(job));
    moved.add(tally.key(job));
  }

  private Ledger empty(LedgerTally tally) {
    long start = tally.window() * LedgerTally.WINDOW;
    Ledger ledger = new Ledger();
    ledger.setJob(job);
    ledger.setTopic(tally.topic());
    ledger.setPartition(tally.partition());
    ledger.setWindowStart(start);
    ledger.setWindowEnd(start + LedgerTally.WINDOW);
    ledger.setReadTo(start);
    return ledger;
  }

  private static void add(Ledger ledger, long[] counts) {
    ledger.setRead(ledger.getRead() + counts[LedgerColumn.READ.ordinal()]);
    ledger.setTicks(ledger.getTicks() + counts[LedgerColumn.TICK.ordinal()]);
    ledger.setRepeats(ledger.getRepeats() + counts[LedgerColumn.REPEAT.ordinal()]);
    ledger.setApplied(ledger.getApplied() + counts[LedgerColumn.APPLIED.ordinal()]);
    ledger.setRefused(ledger.getRefused() + counts[LedgerColumn.REFUSED.ordinal()]);
    ledger.setDuplicate(ledger.getDuplicate() + counts[LedgerColumn.DUPLICATE.ordinal()]);
    ledger.setDeadLettered(ledger.getDeadLettered() + counts[LedgerColumn.DEAD_LETTERED.ordinal()]);
    ledger.setParked(ledger.getParked() + counts[LedgerColumn.PARKED.ordinal()]);
    ledger.setDiscarded(ledger.getDiscarded() + counts[LedgerColumn.DISCARDED.ordinal()]);
  }

  private static long residueOf(Ledger ledger) {
    return ledger.getRead()
        - ledger.getApplied()
        - ledger.getRefused()
        - ledger.getDuplicate()
        - ledger.getDeadLettered()
        - ledger.getParked()
        - ledger.getDiscarded();
  }

  /** All counts before the barrier are in. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    residue = 0;
    Iterator<String> keys = open.iterator();
    while (keys.hasNext()) {
      String key = keys.next();
      setCurrentKey(key);
      Ledger ledger = singleObject.decode(sums.value(), Ledger.class);
      if (write(key, ledger)) {
        keys.remove();
      }
    }
    moved.clear();
  }

  /** Whether the window is done with: nothing more of it will come. */
  private boolean write(String key, Ledger ledger) throws Exception {
    long now = residueOf(ledger);
    if (now == 0 && ledger.getResidue() == 0 && !moved.contains(key)) {
      return false;
    }
    boolean stands = now != 0 && now == ledger.getResidue();
    ledger.setStanding(stands ? ledger.getStanding() + 1 : 0);
    ledger.setResidue(now);
    ledger.setComplete(ledger.getReadTo() >= ledger.getWindowEnd());
    begin(ledger);
    outputs.add(Topic.LEDGER, key, "Ledger", singleObject.encode(ledger), Trace.NONE);
    if (ledger.getComplete() && now == 0) {
      sums.clear();
      forgetOld(ledger);
      return true;
    }
    residue += now;
    sums.update(singleObject.encode(ledger));
    return false;
  }

  private void begin(Ledger ledger) {
    String topicId = topics.named(ledger.getTopic()).id();
    long last = Math.max(0, ledger.getReadTo() - 1);
    outputs.begin(
        topicId,
        new InboxRecord.Place(ledger.getPartition(), last),
        ledger.getStanding(),
        LogClock.UNKNOWN,
        0);
  }

  private void forgetOld(Ledger done) {
    long old = done.getWindowStart() - WINDOWS_KEPT * LedgerTally.WINDOW;
    if (old < 0) {
      return;
    }
    LedgerTally window =
        new LedgerTally(
            done.getTopic(), done.getPartition(), old / LedgerTally.WINDOW, 0, new long[0]);
    outputs.add(Topic.LEDGER, window.key(job), "Ledger", null, Trace.NONE);
  }
}
