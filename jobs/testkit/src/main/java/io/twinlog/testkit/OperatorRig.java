// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import io.twinlog.flink.InboxReader;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * The aggregate operator of a job behind a reader of {@code events.domain}, with its state in
 * RocksDB and without a cluster: takes what a test has written to a {@link TestingInbox}, and
 * counts how often RocksDB is asked. It has no watermarks.
 */
public final class OperatorRig implements AutoCloseable {
  private final List<Counter> reads = new CopyOnWriteArrayList<>();
  private final List<Counter> writes = new CopyOnWriteArrayList<>();
  private final TestingInbox inbox;
  private final OneInputStreamOperatorTestHarness<SourceRecord, InboxRecord> reader;
  private final KeyedOneInputStreamOperatorTestHarness<String, InboxRecord, OutputRecord> keyed;
  private int taken;

  /**
   * @param operator of a job over {@link TestingInbox#topics}
   */
  public OperatorRig(TestingInbox inbox, OneInputStreamOperator<InboxRecord, OutputRecord> operator)
      throws Exception {
    this.inbox = inbox;
    reader =
        new OneInputStreamOperatorTestHarness<>(
            new InboxReader(TestingInbox.topics().entry(Topic.EVENTS_DOMAIN)));
    reader.setup(InboxRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    reader.open();
    keyed =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, InboxRecord::key, Types.STRING, environment());
    keyed.setStateBackend(new EmbeddedRocksDBStateBackend());
    keyed.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    keyed.open();
  }

  private MockEnvironment environment() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (name.equals("twinlog_state_reads")) {
                    reads.add((Counter) metric);
                  } else if (name.equals("twinlog_state_writes")) {
                    writes.add((Counter) metric);
                  }
                })
            .build();
    return new MockEnvironmentBuilder()
        .setTaskName("test")
        .setMaxParallelism(128)
        .setMetricGroup(
            TaskManagerMetricGroup.createTaskManagerMetricGroup(
                    registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task"))
        .build();
  }

  /** Works off what was written since the last time; what came of it. */
  public List<OutputRecord> take() throws Exception {
    List<SourceRecord> all = inbox.records();
    for (SourceRecord record : all.subList(taken, all.size())) {
      reader.processElement(new StreamRecord<>(record));
    }
    taken = all.size();
    for (InboxRecord record : new ArrayList<>(reader.extractOutputValues())) {
      keyed.processElement(new StreamRecord<>(record));
    }
    reader.getOutput().clear();
    // The operator may wait some milliseconds for more.
    keyed.setProcessingTime(keyed.getProcessingTime() + 1_000);
    List<OutputRecord> outputs = new ArrayList<>(keyed.extractOutputValues());
    keyed.getOutput().clear();
    return outputs;
  }

  /** As {@link #take}: how often RocksDB was asked, {@code reads/writes}. */
  public String accesses() throws Exception {
    long readsBefore = reads();
    long writesBefore = writes();
    take();
    return (reads() - readsBefore) + "/" + (writes() - writesBefore);
  }

  /** A barrier is about to come. */
  public void prepareBarrier() throws Exception {
    keyed.getOneInputOperator().prepareSnapshotPreBarrier(1);
  }

  /** Reads from RocksDB so far. */
  public long reads() {
    return sum(reads);
  }

  /** Writes to RocksDB so far. */
  public long writes() {
    return sum(writes);
  }

  private static long sum(List<Counter> counters) {
    return counters.stream().mapToLong(Counter::getCount).sum();
  }

  @Override
  public void close() {
    try {
      keyed.close();
      reader.close();
    } catch (Exception e) {
      throw new IllegalStateException("the rig does not close", e);
    }
  }
}
