// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.Job;
import io.twinlog.flink.JobMain;
import io.twinlog.flink.KafkaEnds;
import io.twinlog.flink.KafkaOptions;
import io.twinlog.flink.Notice;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.RulesOptions;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.StatefulTopology;
import io.twinlog.flink.TopicChecks;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.rules.log.RuleBooks;
import io.twinlog.rules.log.RuleLogSettings;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * The escalation job: folds errors into alerts, takes the steps of their policies, and says who is
 * to be told. Runbook: docs/jobs/escalation.md.
 */
public final class EscalationJob implements Job {
  static final String NAME = "escalation";

  /** All that it reads and writes. */
  public static final List<Topic> TOPICS =
      List.of(
          Topic.EVENTS_ERROR,
          Topic.RULES,
          Topic.ERROR_RECORDS,
          Topic.ALERT_LOG,
          Topic.ALERT_STATE,
          Topic.ALERT_SILENCES,
          Topic.NOTIFICATIONS,
          Topic.RECOVERY_REQUESTS,
          Topic.COMMAND_RESULTS,
          Topic.PARKED,
          Topic.LEDGER,
          Topic.DEAD_LETTERS);

  public static void main(String[] arguments) throws Exception {
    JobMain.run(new EscalationJob(), arguments);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return EscalationJobSettings.WITH_SHELL;
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    EscalationJobSettings.of(settings);
    Catalogue.installed(false);
    Handlers.load(EscalationJob.class.getClassLoader());
    layOut(environment, settings, TopicChecks.run(settings, TOPICS));
  }

  /** Lays the job out over topics that were checked; talks to no broker. */
  public static void layOut(
      StreamExecutionEnvironment environment, ReadableConfig settings, TopicDirectory topics) {
    RuleBooks books =
        RuleBooks.ofLog(
            RuleLogSettings.of(KafkaEnds.connection(settings), settings.get(KafkaOptions.PREFIX)),
            settings.get(RulesOptions.WAIT),
            SuppressRestartsException::new);
    layOut(environment, settings, topics, () -> books.open(RuleSet.DEFAULT));
  }

  /** The same, by the rules of a book. */
  public static void layOut(
      StreamExecutionEnvironment environment,
      ReadableConfig settings,
      TopicDirectory topics,
      SerializableSupplier<RuleBook> rules) {
    DataStream<SourceRecord> inbox =
        StatefulTopology.inbox(environment, NAME, topics.entry(Topic.EVENTS_ERROR), settings);
    EscalationTopology.Written written =
        EscalationTopology.of(inbox, EscalationJobSettings.of(settings), topics, rules);
    KafkaEnds.write(written.alerts(), "escalation-outputs", NAME, settings);
    KafkaEnds.write(
        written.gathered(), "escalation-gathered-outputs", NAME + "-gathered", settings);
  }

  /**
   * The job's operators alone, for a simulation that stands in for the cluster.
   *
   * @param alerts by source and code
   * @param silences by their ids; both read the inbox
   * @param muting behind both; its second input is all that {@link #isMute} and what silences say
   * @param groups behind that, by {@link #groupOf}
   */
  public record Operators(
      OneInputStreamOperator<InboxRecord, OutputRecord> alerts,
      OneInputStreamOperator<InboxRecord, OutputRecord> silences,
      TwoInputStreamOperator<Notice, Notice, OutputRecord> muting,
      OneInputStreamOperator<Notice, OutputRecord> groups) {}

  /** New operators with these settings. */
  public static Operators operators(
      ReadableConfig settings, TopicDirectory topics, SerializableSupplier<RuleBook> rules) {
    EscalationJobSettings typed = EscalationJobSettings.of(settings);
    return new Operators(
        EscalationTopology.alerts(typed, topics, rules),
        EscalationTopology.silences(typed, topics),
        EscalationTopology.muting(typed, topics),
        EscalationTopology.groups(typed, topics));
  }

  /** Whether a notice of an alert changes what is muted, and is no news of it. */
  public static boolean isMute(Notice notice) {
    return AlertBinding.isMute(notice);
  }

  /** The group that a notice of what mutes alerts is for. */
  public static String groupOf(Notice notice) {
    return MutingBinding.group(notice);
  }
}
