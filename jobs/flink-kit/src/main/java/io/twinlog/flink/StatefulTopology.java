// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The two ends that every stateful job has: its inbox with the frontier as watermark, and its keyed
 * aggregate.
 */
public final class StatefulTopology {
  private StatefulTopology() {}

  /**
   * The inbox of a job.
   *
   * @throws SettingsException when the job has more readers than the inbox has partitions: one
   *     without a partition would hold the watermark back for ever
   */
  public static DataStream<SourceRecord> inbox(
      StreamExecutionEnvironment environment,
      String job,
      TopicDirectory.Entry inbox,
      ReadableConfig settings) {
    int parallelism = environment.getParallelism();
    if (parallelism > inbox.partitions()) {
      throw new SettingsException(
          CoreOptions.DEFAULT_PARALLELISM.key()
              + ": "
              + parallelism
              + " is more than the "
              + inbox.partitions()
              + " partitions of "
              + inbox.name());
    }
    String id = job + "-inbox";
    return environment
        .fromSource(
            KafkaEnds.source(job, List.of(inbox.name()), settings),
            WatermarkStrategy.forGenerator(context -> watermarks()),
            id,
            SourceRecord.TYPE)
        .uid(id);
  }

  /** The watermarks of one inbox partition. */
  public static WatermarkGenerator<SourceRecord> watermarks() {
    return new FrontierWatermarks();
  }

  /**
   * A second stage behind an aggregate.
   *
   * @param uid begins with the job's name
   * @param key the second key of a notice
   */
  public static SingleOutputStreamOperator<OutputRecord> secondStage(
      SingleOutputStreamOperator<OutputRecord> aggregate,
      String uid,
      KeySelector<Notice, String> key,
      SecondStageOperator<?, ?, ?> operator) {
    return aggregate
        .getSideOutput(Notice.NOTICES)
        .keyBy(key, Types.STRING)
        .transform(uid, OutputRecord.TYPE, operator)
        .name(uid)
        .uid(uid);
  }

  /**
   * Reader and aggregate of a job.
   *
   * @param outputs of the aggregate; its notices are a side output
   * @param tallies of both, for the ledger
   */
  public record Aggregated(
      SingleOutputStreamOperator<OutputRecord> outputs, DataStream<LedgerTally> tallies) {}

  /** Reader, shuffle by key, aggregate. {@code job} begins the uids. */
  public static Aggregated aggregate(
      DataStream<SourceRecord> inbox,
      TopicDirectory.Entry topic,
      String job,
      AggregateOperator<?, ?, ?, ?> operator) {
    SingleOutputStreamOperator<InboxRecord> read = read(inbox, job, new InboxReader(topic));
    SingleOutputStreamOperator<OutputRecord> outputs = keyed(read, job + "-aggregate", operator);
    return new Aggregated(
        outputs,
        read.getSideOutput(LedgerTally.TALLIES).union(outputs.getSideOutput(LedgerTally.TALLIES)));
  }

  /** What stands behind the source of an inbox. {@code job} begins the uid. */
  public static SingleOutputStreamOperator<InboxRecord> read(
      DataStream<SourceRecord> inbox, String job, InboxReader reader) {
    String uid = job + "-reader";
    return inbox.transform(uid, InboxRecord.TYPE, reader).name(uid).uid(uid);
  }

  /** An aggregate behind a reader. */
  public static SingleOutputStreamOperator<OutputRecord> keyed(
      DataStream<InboxRecord> read, String uid, AggregateOperator<?, ?, ?, ?> operator) {
    return read.keyBy(InboxRecord::key, Types.STRING)
        .transform(uid, OutputRecord.TYPE, operator)
        .name(uid)
        .uid(uid);
  }

  /**
   * A second stage all of whose keys look at one table.
   *
   * @param notices that it is told, by key
   * @param common what changes the table: every subtask hears it
   */
  public static SingleOutputStreamOperator<OutputRecord> watchingStage(
      DataStream<Notice> notices,
      DataStream<Notice> common,
      String uid,
      WatchingStageOperator<?, ?, ?> operator) {
    return notices
        .keyBy(Notice::key, Types.STRING)
        .connect(common.broadcast())
        .transform(uid, OutputRecord.TYPE, operator)
        .name(uid)
        .uid(uid);
  }

  /** The ledger of a job: a few records at each checkpoint. */
  public static SingleOutputStreamOperator<OutputRecord> ledger(
      DataStream<LedgerTally> tallies, String job, TopicDirectory topics) {
    String uid = job + "-ledger";
    return tallies
        .keyBy(tally -> tally.key(job), Types.STRING)
        .transform(uid, OutputRecord.TYPE, new LedgerOperator(job, topics))
        .setParallelism(1)
        .name(uid)
        .uid(uid);
  }
}
