// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.domain.Reason;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotificationReceipt;
import io.twinlog.wire.Absent;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Writes what became of each notification. */
final class Receipts {
  static final String DELIVERED = "delivered";
  static final String REJECTED = "rejected";
  static final String GIVEN_UP = "given_up";
  static final String UNKNOWN_TARGET = "unknown_target";

  private final TopicDirectory topics;
  private final Outputs outputs;
  private final SingleObject singleObject = new SingleObject();
  private final Counter delivered;
  private final Counter lost;

  Receipts(TopicDirectory topics, MetricGroup metrics, Consumer<OutputRecord> sink) {
    this.topics = topics;
    this.outputs = new Outputs(NotifierJob.NAME, topics, sink);
    this.delivered = metrics.counter("twinlog_deliveries");
    this.lost = metrics.counter("twinlog_deliveries_given_up");
  }

  /**
   * How it ended.
   *
   * @param type of the target
   * @param attempts that were made
   * @param last of them
   * @param at wall clock, epoch ms
   */
  record End(String status, String type, int attempts, Delivered last, long at) {}

  void write(SourceRecord record, Notification notification, End end) {
    (end.status.equals(DELIVERED) ? delivered : lost).inc();
    begin(record);
    int status = end.last.httpStatus();
    NotificationReceipt receipt =
        NotificationReceipt.newBuilder()
            .setNotificationId(notification.getNotificationId())
            .setGroupId(notification.getGroupId())
            .setTarget(notification.getTarget())
            .setType(end.type)
            .setStatus(end.status)
            .setAttempts(end.attempts)
            .setHttpStatus(status == 0 ? null : status)
            .setError(Absent.toNull(end.last.error()))
            .setAt(Instant.ofEpochMilli(end.at))
            .setDelayMs(end.at - notification.getAt().toEpochMilli())
            .build();
    outputs.add(
        Topic.NOTIFICATION_RECEIPTS,
        notification.getGroupId(),
        "NotificationReceipt",
        singleObject.encode(receipt),
        Trace.NONE);
  }

  /** Of a record that is no notification. */
  void deadLetter(SourceRecord record) {
    begin(record);
    DeadLetterHeaders headers =
        new DeadLetterHeaders(
            record.topic(),
            record.partition(),
            record.offset(),
            NotifierJob.NAME,
            DeadLetterReason.MALFORMED,
            List.of(new Reason("not_avro", "", "it is no Notification")),
            Attempt.first(0));
    outputs.addDeadLetter(record.key(), record.value(), headers.after(record.headers()));
  }

  private void begin(SourceRecord record) {
    outputs.begin(
        topics.named(record.topic()).id(),
        new InboxRecord.Place(record.partition(), record.offset()),
        0,
        clock(record),
        0);
  }

  private static LogClock clock(SourceRecord record) {
    byte[] clock = record.header(HeaderNames.CLOCK);
    try {
      return clock == null ? LogClock.UNKNOWN : LogClock.parse(clock);
    } catch (IllegalArgumentException e) {
      // Nobody of Twinlog wrote it; a receipt is written all the same.
      return LogClock.UNKNOWN;
    }
  }
}
