// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What router subtasks tell the inboxes of time, in a test's own words. */
final class Ticks {
  static final long WALL = 1_767_225_600_000L;

  private Ticks() {}

  /** The source topic {@code t} with so many partitions. */
  static List<SourceTopic> sources(int partitions) {
    return List.of(new SourceTopic("twinlog.ingress", "t", partitions));
  }

  static TickMark mark(int partition, long clock) {
    return new TickMark(
        "t", partition, clock, 1, clock, Instant.ofEpochMilli(WALL + clock), 0L, -1L);
  }

  static InboxTick tick(int partitions, TickMark... marks) {
    return new InboxTick(Arrays.asList(marks), sources(partitions));
  }

  static SourceRecord record(int inboxPartition, long offset, InboxTick tick) {
    return tickOf(inboxPartition, offset, new SingleObject().encode(tick));
  }

  static SourceRecord tickOf(int inboxPartition, long offset, byte[] value) {
    return new SourceRecord(
        "events.domain",
        inboxPartition,
        offset,
        null,
        value,
        List.of(Header.of(HeaderNames.TYPE, HeaderNames.TICK)));
  }
}
