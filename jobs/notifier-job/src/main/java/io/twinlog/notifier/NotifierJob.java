// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.wire.Topic;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The notifier job: delivers notifications, and writes a receipt of each. It is the one job that
 * acts on the world outside, and lives by its clock: no replay runs it. Runbook:
 * docs/jobs/notifier.md.
 */
public final class NotifierJob implements Job {
  static final String NAME = "notifier";

  /** All that it reads and writes. */
  public static final List<Topic> TOPICS =
      List.of(Topic.NOTIFICATIONS, Topic.NOTIFICATION_RECEIPTS, Topic.DEAD_LETTERS);

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new NotifierJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return NotifierJobSettings.ALL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    Target.all(NotifierJobSettings.TARGETS.key(), NotifierJobSettings.of(settings).targets());
    layOut(environment, settings, TopicChecks.run(settings, TOPICS));
  }

  /** Lays the job out over topics that were checked; talks to no broker. */
  public static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics) {
    DataStream<SourceRecord> notifications =
        environment
            .fromSource(
                KafkaEnds.source(NAME, List.of(topics.entry(Topic.NOTIFICATIONS).name()), settings),
                WatermarkStrategy.noWatermarks(),
                "notifier-notifications",
                SourceRecord.TYPE)
            .uid("notifier-notifications");
    receipts(notifications, NotifierJobSettings.of(settings), topics)
        .sinkTo(KafkaEnds.sink(NAME, settings))
        .name("notifier-receipts")
        .uid("notifier-receipts");
  }

  /** The receipts of notifications. Each target waits for itself alone. */
  static SingleOutputStreamOperator<OutputRecord> receipts(
      DataStream<SourceRecord> notifications, NotifierJobSettings settings, TopicDirectory topics) {
    return notifications
        .keyBy(new TargetOf(), Types.STRING)
        .transform(
            "notifier-deliveries",
            OutputRecord.TYPE,
            new NotifierOperator.Factory(settings, topics))
        .name("notifier-deliveries")
        .uid("notifier-deliveries");
  }
}
