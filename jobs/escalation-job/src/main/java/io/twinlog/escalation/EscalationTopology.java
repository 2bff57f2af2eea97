// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.domain.escalation.AlertCommand;
import io.twinlog.domain.escalation.AlertEvent;
import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.AlertRules;
import io.twinlog.domain.escalation.AlertState;
import io.twinlog.domain.escalation.AlertVitals;
import io.twinlog.domain.escalation.GroupNews;
import io.twinlog.domain.escalation.GroupState;
import io.twinlog.domain.escalation.MutingFact;
import io.twinlog.domain.escalation.SilenceCommand;
import io.twinlog.domain.escalation.SilenceEvent;
import io.twinlog.domain.escalation.SilenceState;
import io.twinlog.domain.escalation.SilenceVitals;
import io.twinlog.domain.escalation.Telling;
import io.twinlog.domain.escalation.ToldAlert;
import io.twinlog.domain.rules.RuleBook;
import io.twinlog.flink.AggregateOperator;
import io.twinlog.flink.AggregateSettings;
import io.twinlog.flink.InboxReader;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.LedgerTally;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SecondStageOperator;
import io.twinlog.flink.SecondStageSettings;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.flink.WatchingStageOperator;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.Silences;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * How the escalation job is laid out: alerts and silences by their keys; behind them what mutes
 * alerts, which writes their projection; behind that groups, which write notifications.
 */
final class EscalationTopology {
  private EscalationTopology() {}

  /**
   * What the job writes.
   *
   * @param alerts by the aggregates of alerts
   * @param gathered by those of silences, by the second stages, and the ledger
   */
  record Written(DataStream<OutputRecord> alerts, DataStream<OutputRecord> gathered) {}

  static Written of(
      DataStream<SourceRecord> inbox,
      EscalationJobSettings settings,
      TopicDirectory topics,
      SerializableSupplier<RuleBook> rules) {
    SingleOutputStreamOperator<InboxRecord> read =
        StatefulTopology.read(
            inbox, EscalationJob.NAME, new InboxReader(topics.entry(Topic.EVENTS_ERROR), true));
    SingleOutputStreamOperator<OutputRecord> alerts =
        StatefulTopology.keyed(
            only(read, "escalation-alert-records", record -> !Silences.isKey(record.key())),
            "escalation-aggregate",
            alerts(settings, topics, rules));
    SingleOutputStreamOperator<OutputRecord> silences =
        StatefulTopology.keyed(
            only(read, "escalation-silence-records", record -> Silences.isKey(record.key())),
            "escalation-silences",
            silences(settings, topics));
    SingleOutputStreamOperator<OutputRecord> muting =
        StatefulTopology.watchingStage(
            notices(alerts, "escalation-news", notice -> !AlertBinding.isMute(notice)),
            notices(alerts, "escalation-inhibitions", AlertBinding::isMute)
                .union(silences.getSideOutput(Notice.NOTICES)),
            "escalation-muting",
            muting(settings, topics));
    SingleOutputStreamOperator<OutputRecord> groups =
        StatefulTopology.secondStage(
            muting, "escalation-groups", MutingBinding::group, groups(settings, topics));
    DataStream<OutputRecord> ledger =
        StatefulTopology.ledger(
            read.getSideOutput(LedgerTally.TALLIES)
                .union(
                    alerts.getSideOutput(LedgerTally.TALLIES),
                    silences.getSideOutput(LedgerTally.TALLIES)),
            EscalationJob.NAME,
            topics);
    return new Written(alerts, muting.union(groups, silences, ledger));
  }

  private static DataStream<InboxRecord> only(
      DataStream<InboxRecord> read,
      String uid,
      org.apache.flink.api.common.functions.FilterFunction<InboxRecord> filter) {
    return read.filter(filter).name(uid).uid(uid);
  }

  private static DataStream<Notice> notices(
      SingleOutputStreamOperator<OutputRecord> alerts,
      String uid,
      org.apache.flink.api.common.functions.FilterFunction<Notice> filter) {
    return alerts.getSideOutput(Notice.NOTICES).filter(filter).name(uid).uid(uid);
  }

  static AggregateOperator<AlertState, AlertVitals, AlertCommand, AlertEvent> alerts(
      EscalationJobSettings settings, TopicDirectory topics, SerializableSupplier<RuleBook> rules) {
    AlertRules alertRules = settings.rules();
    return new AggregateOperator<>(
        () -> new AlertBinding(rules.get(), alertRules), aggregate(settings, topics), topics);
  }

  static AggregateOperator<SilenceState, SilenceVitals, SilenceCommand, SilenceEvent> silences(
      EscalationJobSettings settings, TopicDirectory topics) {
    return new AggregateOperator<>(SilenceBinding::new, aggregate(settings, topics), topics);
  }

  private static AggregateSettings aggregate(
      EscalationJobSettings settings, TopicDirectory topics) {
    TopicDirectory.Entry entry = topics.entry(Topic.EVENTS_ERROR);
    return new AggregateSettings(
        EscalationJob.NAME,
        entry.name(),
        entry.id(),
        settings.dedupeIds(),
        settings.dedupeHorizonMillis(),
        EscalationJobSettings.RESULTS_MAX,
        EscalationJobSettings.RESULTS_HORIZON_MILLIS,
        settings.cache(),
        settings.parking());
  }

  static WatchingStageOperator<ToldAlert, AlertNews, MutingFact> muting(
      EscalationJobSettings settings, TopicDirectory topics) {
    long checkEvery = settings.mutingCheckMillis();
    return new WatchingStageOperator<>(
        () -> new MutingBinding(checkEvery), stage("muting", settings, topics), topics);
  }

  static SecondStageOperator<GroupState, GroupNews, Telling> groups(
      EscalationJobSettings settings, TopicDirectory topics) {
    return new SecondStageOperator<>(GroupBinding::new, stage("groups", settings, topics), topics);
  }

  private static SecondStageSettings stage(
      String name, EscalationJobSettings settings, TopicDirectory topics) {
    return new SecondStageSettings(
        EscalationJob.NAME + "-" + name,
        topics.entry(Topic.EVENTS_ERROR).id(),
        settings.secondStageBuffer(),
        EscalationJobSettings.SECOND_STAGE_BUFFER.key());
  }
}
