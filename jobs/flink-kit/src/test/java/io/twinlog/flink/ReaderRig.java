// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Subtasks of the inbox reader, and records as a router writes them. */
final class ReaderRig implements AutoCloseable {
  final TestingMetrics metrics = new TestingMetrics();
  private final List<Reader> readers = new ArrayList<>();

  Reader reader() throws Exception {
    return reader(1, 0, null, 1);
  }

  /** A subtask that begins with what others kept at parallelism {@code before}; null: nothing. */
  Reader reader(int parallelism, int subtask, OperatorSubtaskState restored, int before)
      throws Exception {
    InboxReader operator = new InboxReader(TestingTopics.ALL.entry(Topic.EVENTS_DOMAIN));
    Reader reader = new Reader(operator, parallelism, subtask, restored, before);
    readers.add(reader);
    return reader;
  }

  /** Of an inbox that other jobs write to as well. */
  Reader sharedReader() throws Exception {
    return sharedReader(null);
  }

  Reader sharedReader(OperatorSubtaskState restored) throws Exception {
    InboxReader operator = new InboxReader(TestingTopics.ALL.entry(Topic.EVENTS_ERROR), true);
    Reader reader = new Reader(operator, 1, 0, restored, 1);
    readers.add(reader);
    return reader;
  }

  /** One subtask in a harness. */
  final class Reader {
    private final OneInputStreamOperatorTestHarness<SourceRecord, InboxRecord> harness;
    private int taken;

    private Reader(
        InboxReader operator,
        int parallelism,
        int subtask,
        OperatorSubtaskState restored,
        int before)
        throws Exception {
      harness =
          new OneInputStreamOperatorTestHarness<>(
              operator, metrics.environment(parallelism, subtask));
      harness.setup(InboxRecord.TYPE.createSerializer(new SerializerConfigImpl()));
      if (restored != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                restored, JobEnvironment.MAX_PARALLELISM, before, parallelism, subtask));
      }
      harness.open();
    }

    /** What came out since the last time. */
    List<InboxRecord> read(SourceRecord... records) throws Exception {
      for (SourceRecord record : records) {
        harness.processElement(new StreamRecord<>(record));
      }
      List<InboxRecord> all = harness.extractOutputValues();
      List<InboxRecord> fresh = List.copyOf(all.subList(taken, all.size()));
      taken = all.size();
      return fresh;
    }

    OperatorSubtaskState snapshot() throws Exception {
      return harness.snapshot(1, 1);
    }
  }

  /** A record of source partition t/p with the given origin, in inbox partition q. */
  static SourceRecord routed(int q, int p, long offset, int index, LogClock clock) {
    return new SourceRecord(
        "events.domain",
        q,
        1_000 + offset,
        "d-1".getBytes(UTF_8),
        "value".getBytes(UTF_8),
        headers(new Origin("router", "t", p, offset, index).toString(), clock.toString()));
  }

  static SourceRecord routed(int q, int p, long offset) {
    return routed(q, p, offset, 0, new LogClock(1, 500, Ticks.WALL + 500));
  }

  /** A record of another job, of partition 1 of its inbox. */
  static SourceRecord told(int q, String job, long offset, int index) {
    return new SourceRecord(
        "events.error",
        q,
        1_000 + offset,
        "d-1".getBytes(UTF_8),
        "value".getBytes(UTF_8),
        headers(
            new Origin(job, "inbox", 1, offset, index).toString(),
            new LogClock(1, 500, Ticks.WALL + 500).toString()));
  }

  static List<Header> headers(String origin, String clock) {
    return List.of(
        Header.of(HeaderNames.TYPE, "device.online"),
        Header.of(HeaderNames.ORIGIN, origin),
        Header.of(HeaderNames.CLOCK, clock),
        Header.of(HeaderNames.RULES, "3"),
        Header.of(HeaderNames.FLAGS, "clock_skew"),
        Header.of(HeaderNames.TRACEPARENT, "00-a-b-01"));
  }

  @Override
  public void close() {
    try {
      for (Reader reader : readers) {
        reader.harness.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("a harness does not close", e);
    }
  }
}
